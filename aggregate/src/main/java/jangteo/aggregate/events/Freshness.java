package jangteo.aggregate.events;

import io.helidon.metrics.api.Gauge;
import io.helidon.metrics.api.Meter;
import io.helidon.metrics.api.Metrics;
import io.helidon.metrics.api.Tag;
import jangteo.aggregate.domain.Progress;
import jangteo.aggregate.domain.Source;
import jangteo.aggregate.store.ReadModelState;
import jangteo.chassis.Part;
import jangteo.chassis.Recurring;
import jangteo.chassis.events.Kafka;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Keeps how fresh the read model is, for search to show with its answers, and for the metrics:
 * {@code projection_lag_seconds} per topic, 0 when all of the topic is applied (design, sections 6
 * and 10; docs/adr/0025).
 */
public final class Freshness implements Part {

  private static final Duration EVERY = Duration.ofMillis(500);

  private final Kafka kafka;
  private final ReadModelState state;
  private final Clock clock;
  private final Progress progress = new Progress();
  private final SourceEnds ends;
  private final Recurring asking = new Recurring("freshness", EVERY, this::ask);
  private final List<Meter> gauges = new ArrayList<>();

  /** Of the catalogue's topics; kept there. */
  public Freshness(Kafka kafka, ReadModelState state, Clock clock) {
    this.kafka = kafka;
    this.state = state;
    this.clock = clock;
    this.ends = new SourceEnds(kafka);
  }

  /** All records before these places are applied. */
  void reached(Map<TopicPartition, Long> positions) {
    Map<Source, Long> catalogue = new HashMap<>();
    positions.forEach(
        (partition, position) -> {
          String topic = kafka.plain(partition.topic());
          if (CatalogueRecords.TOPICS.contains(topic)) {
            catalogue.put(new Source(topic, partition.partition()), position);
          }
        });
    progress.reached(catalogue);
  }

  @Override
  public String name() {
    return "freshness";
  }

  @Override
  public void start() {
    for (String topic : CatalogueRecords.TOPICS) {
      gauges.add(
          Metrics.globalRegistry()
              .getOrCreate(
                  Gauge.builder("projection.lag.seconds", () -> lag(topic))
                      .description(
                          "For how long a record may have been waiting that is not applied yet")
                      .addTag(Tag.create("topic", topic))));
    }
    asking.start();
  }

  @Override
  public void stop() {
    asking.stop();
    ends.close();
    gauges.forEach(Metrics.globalRegistry()::remove);
  }

  private double lag(String topic) {
    return progress.lags(clock.instant()).getOrDefault(topic, Duration.ZERO).toNanos() / 1e9;
  }

  private boolean ask() {
    if (!kafka.topicsReady() || progress.sources().isEmpty()) {
      return false;
    }
    Instant now = clock.instant();
    progress.asking(now);
    Map<Source, Long> found = ends.of(CatalogueRecords.TOPICS);
    progress.answered(found);
    Map<String, Integer> partitions = new HashMap<>();
    found.keySet().forEach(source -> partitions.merge(source.topic(), 1, Integer::sum));
    state.write(partitions, progress.sources());
    return false;
  }
}
