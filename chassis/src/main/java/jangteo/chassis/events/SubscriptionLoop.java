package jangteo.chassis.events;

import jangteo.chassis.Part;
import jangteo.chassis.Readiness;
import jangteo.chassis.StopSignal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread of a subscription: polls, has records handled, commits what is done (design,
 * section 6, "In").
 *
 * <p>While a failure passes, the partitions are paused and polling goes on, so that the instance
 * stays in its group. Partitions that move away meanwhile are committed as far as they are done,
 * and the rest of their records dropped: their new owner gets them.
 */
final class SubscriptionLoop implements Part {

  private static final Logger LOG = LoggerFactory.getLogger(SubscriptionLoop.class);
  private static final Duration POLL = Duration.ofMillis(200);

  /** Well below {@code max.poll.interval.ms}, however many slow records one poll has brought. */
  private static final Duration LONGEST_WORK = Duration.ofSeconds(5);

  private static final Duration STOP = Duration.ofSeconds(20);

  private final Kafka kafka;
  private final Subscription subscription;
  private final String group;
  private final HandlerCall handler;
  private final DeadLetters deadLetters;
  private final ConsumerMeters meters;
  private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));
  private final StopSignal stopping = new StopSignal();
  private final Thread thread;
  private Pending pending = new Pending();
  private volatile boolean waiting;
  private boolean paused;
  private long polledAt;
  private int unexpected;

  SubscriptionLoop(Kafka kafka, Subscription subscription) {
    this.kafka = kafka;
    this.subscription = subscription;
    this.group = subscription.group().orElseGet(kafka::service);
    this.handler = new HandlerCall(subscription, group);
    this.deadLetters = new DeadLetters(kafka, group);
    this.meters = new ConsumerMeters(kafka, subscription.topics(), group);
    this.thread = Thread.ofPlatform().name(name()).unstarted(this::run);
  }

  @Override
  public String name() {
    return "consumer of " + String.join(", ", subscription.topics());
  }

  @Override
  public void start() {
    thread.start();
  }

  /** Finishes the records at hand, unless they wait for something that is away, and commits. */
  @Override
  public void stop() {
    stopping.give();
    try {
      thread.join(STOP);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    meters.remove();
  }

  @Override
  public Readiness readiness() {
    return waiting
        ? Readiness.degraded(name() + " waits for something that is away")
        : Readiness.yes();
  }

  private void run() {
    Backoff reconnect = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(5));
    while (!stopping.given()) {
      if (!kafka.topicsReady()) {
        stopping.givenWithin(Duration.ofMillis(50));
        continue;
      }
      pending = new Pending();
      paused = false;
      waiting = false;
      try (Consumer<byte[], byte[]> consumer =
          kafka.newConsumer(group, clientId(), subscription.patience())) {
        consumer.subscribe(topics(), new Rebalancing(consumer));
        while (!stopping.given()) {
          poll(consumer, POLL);
          reconnect.reset();
          work(consumer);
          commit(consumer, pending.done());
          tellProgress(consumer);
        }
        // A member with a name would else keep its partitions for as long as its session lasts.
        consumer.close(CloseOptions.groupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP));
      } catch (RuntimeException e) {
        LOG.warn("The {} failed and begins again", name(), e);
        stopping.givenWithin(reconnect.next());
      }
    }
  }

  /** Its topics, and the replayed dead letters of each. */
  private List<String> topics() {
    return subscription.topics().stream()
        .flatMap(topic -> Stream.of(topic, DeadLetters.replays(topic, kafka.service())))
        .map(kafka::topic)
        .toList();
  }

  private String clientId() {
    return "consumer-" + String.join("-", subscription.topics());
  }

  private void poll(Consumer<byte[], byte[]> consumer, Duration time) {
    List<Record> unit = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> source : consumer.poll(time)) {
      String topic = DeadLetters.source(kafka.plain(source.topic()), kafka.service());
      unit.add(new Record(topic, source));
    }
    if (subscription.batch()) {
      pending.add(unit);
    } else {
      unit.forEach(record -> pending.add(List.of(record)));
    }
    polledAt = System.nanoTime();
    meters.lag(consumer);
  }

  /** A partition that nothing was fetched of yet has no place to tell. */
  private void tellProgress(Consumer<byte[], byte[]> consumer) {
    if (!pending.isEmpty()) {
      return;
    }
    Map<TopicPartition, Long> positions = new HashMap<>();
    for (TopicPartition partition : consumer.assignment()) {
      if (consumer.currentLag(partition).isPresent()) {
        positions.put(partition, consumer.position(partition));
      }
    }
    subscription.progress().reached(positions);
  }

  private void work(Consumer<byte[], byte[]> consumer) {
    while (!pending.isEmpty()) {
      List<Record> unit = pending.first();
      try {
        handler.handle(unit);
        meters.handled(unit);
        firstDone();
      } catch (Exception | Error e) {
        if (!settled(unit, e)) {
          meters.retried(unit);
          if (stopping.given()) {
            return;
          }
          waiting = true;
          stay(consumer, backoff.next());
          waiting = false;
        }
      }
      if (System.nanoTime() - polledAt > LONGEST_WORK.toNanos()) {
        stay(consumer, Duration.ZERO);
      }
    }
  }

  /** Whether the failure is dealt with; if not, the unit has to be tried again after a pause. */
  private boolean settled(List<Record> unit, Throwable failure) {
    Record first = unit.getFirst();
    FailureKind kind = FailureKind.of(failure);
    if (kind == FailureKind.PASSING) {
      if (backoff.failures() % 10 == 0) {
        LOG.warn("The {} waits at {}: {}", name(), first, failure.toString());
      }
      return false;
    }
    if (unit.size() > 1) {
      LOG.warn("A batch of {} from {} failed and is done one by one", unit.size(), first, failure);
      pending.splitFirst();
      return true;
    }
    if (kind == FailureKind.UNEXPECTED && ++unexpected < subscription.attempts()) {
      LOG.warn("Handling {} failed, attempt {}", first, unexpected, failure);
      return false;
    }
    return buried(first, failure);
  }

  private boolean buried(Record record, Throwable why) {
    try {
      deadLetters.send(record, why);
    } catch (RuntimeException e) {
      LOG.warn("{} cannot be put with the dead letters yet", record, e);
      return false;
    }
    LOG.error("{} went to the dead letters of {}", record, kafka.service(), why);
    meters.deadLettered(record);
    firstDone();
    return true;
  }

  private void firstDone() {
    pending.firstDone();
    backoff.reset();
    unexpected = 0;
  }

  /** Stays in the group meanwhile: paused partitions give no records, but polling is a sign. */
  private void stay(Consumer<byte[], byte[]> consumer, Duration time) {
    paused = true;
    consumer.pause(consumer.assignment());
    commit(consumer, pending.done());
    long end = System.nanoTime() + time.toNanos();
    long left = time.toNanos();
    do {
      poll(consumer, Duration.ofNanos(Math.min(left, POLL.toNanos())));
      left = end - System.nanoTime();
    } while (left > 0 && !stopping.given());
    consumer.resume(consumer.assignment());
    paused = false;
  }

  /** What cannot be committed now is committed with the next records, or handled once more. */
  private void commit(
      Consumer<byte[], byte[]> consumer, Map<TopicPartition, OffsetAndMetadata> offsets) {
    if (offsets.isEmpty()) {
      return;
    }
    try {
      consumer.commitSync(offsets);
      pending.committed(offsets);
    } catch (RebalanceInProgressException | RetriableException e) {
      LOG.debug("Offsets of the {} are committed later", name(), e);
    } catch (CommitFailedException e) {
      LOG.warn("The {} lost its partitions before it could commit: records come again", name());
      pending.committed(offsets);
    }
  }

  private final class Rebalancing implements ConsumerRebalanceListener {

    private final Consumer<byte[], byte[]> consumer;

    Rebalancing(Consumer<byte[], byte[]> consumer) {
      this.consumer = consumer;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      if (paused) {
        consumer.pause(partitions);
      }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      Map<TopicPartition, OffsetAndMetadata> done = pending.done();
      done.keySet().retainAll(partitions);
      commit(consumer, done);
      drop(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      drop(partitions);
    }

    private void drop(Collection<TopicPartition> partitions) {
      pending.drop(partitions);
      unexpected = 0;
    }
  }
}
