package jangteo.aggregate.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.model.Filters;
import jangteo.aggregate.RunningAggregate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** What the sync worker says of how far it is. */
final class FreshnessTest {

  @Test
  void everyPartitionIsKeptAndTheMetricsSayThatNothingLags() {
    try (RunningAggregate aggregate = RunningAggregate.start(Map.of())) {
      Instant before = Instant.now();
      aggregate.send(RunningAggregate.product(1, 1, "상품"));

      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> oldest(aggregate).filter(before::isBefore).isPresent());
      assertThat(aggregate.database().getCollection("products").find(Filters.eq(1L)).first())
          .isNotNull();
      for (String topic : CatalogueRecords.TOPICS) {
        await()
            .atMost(Duration.ofSeconds(30))
            .untilAsserted(
                () ->
                    assertThat(aggregate.metrics())
                        .containsPattern(
                            "projection_lag_seconds\\{[^}]*topic=\"" + topic + "\"[^}]*} 0\\.0"));
      }
    }
  }

  private static Optional<Instant> oldest(RunningAggregate aggregate) {
    Document model = aggregate.database().getCollection("read_models").find().first();
    if (model == null) {
      return Optional.empty();
    }
    List<Date> times =
        CatalogueRecords.TOPICS.stream()
            .flatMap(
                topic ->
                    model.getEmbedded(List.of("asOf", topic), new Document()).values().stream()
                        .map(Date.class::cast))
            .toList();
    int partitions =
        model.get("partitions", new Document()).values().stream()
            .mapToInt(Integer.class::cast)
            .sum();
    return partitions > 0 && times.size() == partitions
        ? times.stream().map(Date::toInstant).min(Instant::compareTo)
        : Optional.empty();
  }
}
