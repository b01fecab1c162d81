package jangteo.chassis.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jangteo.chassis.Part;
import jangteo.chassis.data.Database;
import jangteo.chassis.data.Databases;
import jangteo.chassis.web.ProblemException;
import jangteo.testkit.TestServers;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** One life of a service whose broker comes late, dies and comes back. */
class BrokerOutageTest {

  private static final Duration SOON = Duration.ofSeconds(60);

  @Test
  void allStartWithoutABrokerAndGoOnAfterEachOutage() throws Exception {
    Database database = Databases.ready(TestServers.database("broker"));
    List<Record> consumed = new CopyOnWriteArrayList<>();
    List<Record> followed = new CopyOnWriteArrayList<>();
    try (StoppableBroker broker = StoppableBroker.create()) {
      Kafka kafka = Brokers.at("member", broker.address(), "");
      Outbox outbox = Outbox.create(database, kafka, Clock.systemUTC());
      Part consumer = kafka.consume(Subscription.to("members").each(consumed::add).build());
      Part follower = kafka.follow(TopicFollower.of("members").fromStart().each(followed::add));
      List<Part> parts = List.of(kafka, outbox, consumer, follower);
      parts.forEach(Part::start);
      try {
        change(database, outbox, 1);
        assertThat(kafka.readiness().ready()).isFalse();
        assertThat(follower.readiness().ready()).isFalse();
        assertThatThrownBy(() -> kafka.publisher().send(Brokers.changed(9, 1)))
            .isInstanceOfSatisfying(
                ProblemException.class,
                thrown -> assertThat(thrown.problem().status()).isEqualTo(503));

        broker.start();
        await().atMost(SOON).until(() -> kafka.readiness().ready());
        await().atMost(SOON).until(() -> follower.readiness().ready());
        awaitVersions(1, consumed, followed);

        broker.kill();
        change(database, outbox, 2);
        change(database, outbox, 3);
        await().atMost(SOON).until(() -> !kafka.readiness().why().isEmpty());
        assertThat(kafka.readiness().ready()).as("changes wait in the outbox").isTrue();

        broker.start();
        change(database, outbox, 4);
        awaitVersions(4, consumed, followed);
        await().atMost(SOON).until(() -> kafka.readiness().why().isEmpty());
      } finally {
        new ArrayList<>(parts).reversed().forEach(Part::stop);
      }
    } finally {
      database.stop();
    }
  }

  @Test
  void whoDoesNotWaitLongIsToldSoonThatABrokerStandsStill() throws Exception {
    try (StoppableBroker broker = StoppableBroker.create()) {
      broker.start();
      Kafka kafka = Brokers.at("member", broker.address(), "");
      kafka.ensure("members");
      kafka.start();
      try {
        await().atMost(SOON).until(() -> kafka.readiness().ready());
        kafka.publisher().send(Brokers.changed(1, 1));

        broker.pause();
        long begin = System.nanoTime();
        assertThatThrownBy(
                () -> kafka.publisher().send(Brokers.changed(1, 2), Duration.ofSeconds(1)))
            .isInstanceOfSatisfying(
                ProblemException.class,
                thrown -> assertThat(thrown.problem().status()).isEqualTo(503));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(8));
      } finally {
        kafka.stop();
      }
    }
  }

  private static void change(Database database, Outbox outbox, long version) {
    database.transact(tx -> outbox.add(tx, Brokers.changed(1, version)));
  }

  private static void awaitVersions(long upTo, List<Record> consumed, List<Record> followed) {
    List<Long> all = LongStream.rangeClosed(1, upTo).boxed().toList();
    await().atMost(SOON).untilAsserted(() -> assertThat(versions(consumed)).isEqualTo(all));
    await().atMost(SOON).untilAsserted(() -> assertThat(versions(followed)).isEqualTo(all));
  }

  /** In order; a record that came again, under the same id, counts once. */
  private static List<Long> versions(List<Record> records) {
    Set<String> seen = new LinkedHashSet<>();
    return records.stream()
        .filter(record -> record.key().equals("1") && seen.add(record.id()))
        .map(record -> record.version().orElseThrow())
        .toList();
  }
}
