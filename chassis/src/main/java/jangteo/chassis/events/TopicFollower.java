package jangteo.chassis.events;

import io.helidon.metrics.api.Counter;
import io.helidon.metrics.api.Metrics;
import io.helidon.metrics.api.Tag;
import jangteo.chassis.Part;
import jangteo.chassis.Readiness;
import jangteo.chassis.StopSignal;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the whole of a topic into memory, on every instance: all partitions, no group, nothing
 * committed (design, section 7). Ready once it has read up to the end that it found at its start;
 * it goes on by itself after a broker was away.
 *
 * <p>The handler runs on the follower's thread, in order per key. A record that it fails on is
 * logged and counted, and the next one follows.
 */
public final class TopicFollower implements Part {

  private static final Logger LOG = LoggerFactory.getLogger(TopicFollower.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration NEW_PARTITIONS = Duration.ofSeconds(10);

  private final String topic;
  private final Optional<Duration> recent;
  private final Consumer<Record> handler;
  private final Map<TopicPartition, Long> positions = new HashMap<>();
  private final Map<TopicPartition, Long> endsAtStart = new HashMap<>();
  private final StopSignal stopping = new StopSignal();
  private final Thread thread;
  private Optional<Kafka> kafka = Optional.empty();
  private volatile boolean caughtUp;

  private TopicFollower(String topic, Optional<Duration> recent, Consumer<Record> handler) {
    this.topic = topic;
    this.recent = recent;
    this.handler = handler;
    this.thread = Thread.ofPlatform().name(name()).unstarted(this::run);
  }

  /** A follower of this topic, named without the configured prefix; from its start unless said. */
  public static Builder of(String topic) {
    return new Builder(topic);
  }

  @Override
  public String name() {
    return "follower of " + topic;
  }

  @Override
  public void start() {
    thread.start();
  }

  @Override
  public void stop() {
    stopping.give();
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public Readiness readiness() {
    return caughtUp ? Readiness.yes() : Readiness.no(name() + " has not caught up yet");
  }

  String topic() {
    return topic;
  }

  TopicFollower on(Kafka cluster) {
    this.kafka = Optional.of(cluster);
    return this;
  }

  private void run() {
    Kafka cluster =
        kafka.orElseThrow(() -> new IllegalStateException("begin with Kafka.follow(follower)"));
    Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2));
    while (!stopping.given()) {
      if (!cluster.topicsReady()) {
        stopping.givenWithin(Duration.ofMillis(50));
        continue;
      }
      try (var consumer = cluster.newFollower(topic)) {
        follow(cluster, consumer, backoff);
      } catch (RuntimeException e) {
        LOG.warn("The {} begins again where it was: {}", name(), e.toString());
        stopping.givenWithin(backoff.next());
      }
    }
  }

  private void follow(
      Kafka cluster,
      org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer,
      Backoff backoff) {
    long lookAgain = System.nanoTime();
    while (!stopping.given()) {
      if (System.nanoTime() >= lookAgain) {
        assign(cluster, consumer);
        if (consumer.assignment().isEmpty()) { // a broker that has just started knows no topic yet
          stopping.givenWithin(backoff.next());
          continue;
        }
        lookAgain = System.nanoTime() + NEW_PARTITIONS.toNanos();
      }
      for (ConsumerRecord<byte[], byte[]> source : consumer.poll(POLL)) {
        handle(new Record(topic, source));
        positions.put(new TopicPartition(source.topic(), source.partition()), source.offset() + 1);
      }
      backoff.reset();
      caughtUp = caughtUp || endsAtStart.entrySet().stream().allMatch(end -> past(consumer, end));
    }
  }

  private static boolean past(
      org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer,
      Map.Entry<TopicPartition, Long> end) {
    return consumer.position(end.getKey()) >= end.getValue();
  }

  private void handle(Record record) {
    try {
      handler.accept(record);
    } catch (RuntimeException | Error e) {
      LOG.error("The {} cannot use {}", name(), record, e);
      Metrics.globalRegistry()
          .getOrCreate(
              Counter.builder("events.follower.failed")
                  .description("Records that a follower could not use")
                  .addTag(Tag.create("topic", topic)))
          .increment();
    }
  }

  /** Takes all partitions, also those that were added later, each where it was left. */
  private void assign(
      Kafka cluster, org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(cluster.topic(topic)).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    if (consumer.assignment().size() == partitions.size()) {
      return;
    }
    List<TopicPartition> fresh =
        partitions.stream().filter(partition -> !positions.containsKey(partition)).toList();
    if (endsAtStart.isEmpty()) {
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      positions.putAll(begin(cluster, consumer, fresh, ends));
      endsAtStart.putAll(ends);
    } else {
      positions.putAll(consumer.beginningOffsets(fresh));
    }
    consumer.assign(partitions);
    positions.forEach(consumer::seek);
  }

  private Map<TopicPartition, Long> begin(
      Kafka cluster,
      org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer,
      Collection<TopicPartition> partitions,
      Map<TopicPartition, Long> ends) {
    if (recent.isEmpty()) {
      return consumer.beginningOffsets(partitions);
    }
    long since = cluster.clock().instant().minus(recent.get()).toEpochMilli();
    Map<TopicPartition, Long> times = new HashMap<>();
    partitions.forEach(partition -> times.put(partition, since));
    Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(times);
    Map<TopicPartition, Long> starts = new HashMap<>(ends);
    found.forEach(
        (partition, first) -> {
          if (first != null) {
            starts.put(partition, first.offset());
          }
        });
    return starts;
  }

  /** Says from where a follower reads and what it does. */
  public static final class Builder {

    private final String topic;
    private Optional<Duration> recent = Optional.empty();

    private Builder(String topic) {
      this.topic = topic;
    }

    /** Reads all that the topic holds. */
    public Builder fromStart() {
      this.recent = Optional.empty();
      return this;
    }

    /** Reads what was written in this time before the start, and on. */
    public Builder fromRecent(Duration time) {
      this.recent = Optional.of(time);
      return this;
    }

    /** The follower with its handler. */
    public TopicFollower each(Consumer<Record> handler) {
      return new TopicFollower(topic, recent, handler);
    }
  }
}
