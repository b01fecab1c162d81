package jangteo.aggregate.deadletters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import jangteo.aggregate.deadletters.DeadLetterReader.Listed;
import jangteo.chassis.events.DeadLetterHeaders;
import jangteo.chassis.events.Event;
import jangteo.chassis.events.Kafka;
import jangteo.testkit.TestServers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeadLetterReaderTest {
  private static final Instant BEGIN = Instant.parse("2026-11-22T09:00:00Z");

  private final Kafka kafka = kafka();
  private final DeadLetterReader reader = new DeadLetterReader(kafka);

  private static Kafka kafka() {
    Config config =
        Config.just(
            ConfigSources.create(
                Map.of("bootstrap-servers", TestServers.kafka(), "prefix", TestServers.prefix())));
    return Kafka.create("review", config, Clock.systemUTC());
  }

  @BeforeEach
  void start() {
    kafka.ensure("orders.review.dlt", "members.review.dlt", "orders.item.dlt");
    kafka.start();
    await().atMost(Duration.ofSeconds(30)).until(kafka::topicsReady);
  }

  @AfterEach
  void stop() {
    kafka.stop();
  }

  @Test
  void everyLetterOfEveryTopicIsOnOnePageTheNewestFirst() {
    List<Event> letters = new ArrayList<>();
    for (int i = 0; i < 1_200; i++) {
      letters.add(letter(i % 6 == 0 ? "members.review.dlt" : "orders.review.dlt", i));
    }
    kafka.publisher().send(letters);

    List<DeadLetter> read = new ArrayList<>();
    Listed page = reader.newest(100);
    read.addAll(page.letters());
    while (!page.rest().isEmpty()) {
      assertThat(page.letters()).hasSize(100);
      page = reader.next(page.rest(), 100);
      read.addAll(page.letters());
    }

    assertThat(read)
        .hasSize(1_200)
        .isSortedAccordingTo(Comparator.comparing(DeadLetter::at).reversed());
    assertThat(read.stream().map(DeadLetter::key).distinct()).hasSize(1_200);
  }

  @Test
  void whatComesMeanwhileIsOnNoLaterPage() {
    kafka.publisher().send(letter("orders.review.dlt", 1), letter("orders.review.dlt", 2));
    Listed first = reader.newest(1);
    kafka.publisher().send(letter("orders.review.dlt", 3), letter("orders.item.dlt", 4));

    Listed second = reader.next(first.rest(), 5);
    assertThat(second.letters()).extracting(DeadLetter::key).containsExactly("1");
    assertThat(second.rest()).isEmpty();
  }

  private static Event letter(String topic, int number) {
    return new Event(
        topic,
        Integer.toString(number),
        "Some",
        Optional.of(new byte[] {1}),
        Map.of(DeadLetterHeaders.TIME, BEGIN.plusMillis(number).toString()));
  }
}
