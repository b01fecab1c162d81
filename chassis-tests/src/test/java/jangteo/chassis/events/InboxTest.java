package jangteo.chassis.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jangteo.chassis.data.Database;
import jangteo.chassis.data.Databases;
import jangteo.chassis.data.MovableClock;
import jangteo.testkit.TestServers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class InboxTest {

  private static final MovableClock CLOCK = new MovableClock();
  private static Database database;
  private static Inbox inbox;

  @BeforeAll
  static void start() {
    database = Databases.ready(TestServers.database("inbox"), CLOCK);
    inbox = Inbox.create(database, CLOCK);
  }

  @AfterAll
  static void stop() {
    database.stop();
  }

  @Test
  void anEventIsNewOncePerConsumer() {
    assertThat(first("mailer", "e1")).isTrue();
    assertThat(first("mailer", "e1")).isFalse();
    assertThat(first("mailer", "E1")).as("ids tell upper from lower case").isTrue();
    assertThat(first("counter", "e1")).isTrue();
  }

  @Test
  void workThatFailsLeavesTheEventNew() {
    assertThatThrownBy(
            () ->
                database.transact(
                    tx -> {
                      inbox.first(tx, "mailer", record("e2"));
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");

    assertThat(first("mailer", "e2")).isTrue();
  }

  @Test
  void isForgottenLongAfterKafkaHasForgottenTheRecord() {
    assertThat(first("mailer", "e3")).isTrue();
    CLOCK.advance(Duration.ofDays(9));

    await().atMost(Duration.ofSeconds(20)).until(() -> first("mailer", "e3"));
  }

  private static boolean first(String consumer, String id) {
    return database.inTransaction(tx -> inbox.first(tx, consumer, record(id)));
  }

  private static Record record(String id) {
    ConsumerRecord<byte[], byte[]> source =
        new ConsumerRecord<>("members", 0, 0, new byte[0], new byte[0]);
    source.headers().add("ce_id", id.getBytes(StandardCharsets.UTF_8));
    return new Record("members", source);
  }
}
