package jangteo.chassis.events;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Which topics a service reads, and what it does with their records (design, section 6, "In").
 *
 * <p>At least once, in order per key. A passing failure (database, broker or peer away) is tried
 * again with back-off for as long as it takes; a record that can never be handled goes to {@code
 * <topic>.<service>.dlt} with the reason; an unexpected failure is tried a few times and then
 * treated the same. Nothing is skipped silently. A dead letter that an operator replays comes back
 * as a record of its topic, by way of {@code <topic>.<service>.replay}.
 */
public final class Subscription {

  private final List<String> topics;
  private final Optional<String> group;
  private final BatchHandler handler;
  private final boolean batch;
  private final int attempts;
  private final Duration patience;
  private final ProgressListener progress;

  private Subscription(Builder builder, BatchHandler handler) {
    this.topics = builder.topics;
    this.group = builder.group;
    this.attempts = builder.attempts;
    this.patience = builder.patience;
    this.batch = builder.batch;
    this.progress = builder.progress;
    this.handler = handler;
  }

  /** Begins a subscription to these topics, named without the configured prefix. */
  public static Builder to(String... topics) {
    return new Builder(List.of(topics));
  }

  List<String> topics() {
    return topics;
  }

  Optional<String> group() {
    return group;
  }

  BatchHandler handler() {
    return handler;
  }

  boolean batch() {
    return batch;
  }

  int attempts() {
    return attempts;
  }

  Duration patience() {
    return patience;
  }

  ProgressListener progress() {
    return progress;
  }

  /** Says what a subscription needs. */
  public static final class Builder {

    private final List<String> topics;
    private Optional<String> group = Optional.empty();
    private int attempts = 5;
    private boolean batch;
    private Duration patience = Duration.ZERO;
    private ProgressListener progress = ProgressListener.NOBODY;
    private Optional<BatchHandler> handler = Optional.empty();

    private Builder(List<String> topics) {
      if (topics.isEmpty()) {
        throw new IllegalArgumentException("a subscription needs a topic");
      }
      this.topics = topics;
    }

    /** The consumer group; without it the service's name. */
    public Builder group(String name) {
      this.group = Optional.of(name);
      return this;
    }

    /** How often a record that fails unexpectedly is tried before it is a dead letter; 5. */
    public Builder attempts(int times) {
      if (times < 1) {
        throw new IllegalArgumentException("attempts must be at least 1");
      }
      this.attempts = times;
      return this;
    }

    /** Handles one record at a time, inside the record's trace. */
    public Builder each(RecordHandler one) {
      this.batch = false;
      this.handler = Optional.of(records -> one.handle(records.getFirst()));
      return this;
    }

    /** Handles all records of a poll at once. */
    public Builder batch(BatchHandler all) {
      this.batch = true;
      this.handler = Optional.of(all);
      return this;
    }

    /**
     * How long a record may wait for others, so that they are handled together: for read models, to
     * which a record more often costs than a moment of waiting. None by default.
     */
    public Builder patience(Duration time) {
      this.patience = time;
      return this;
    }

    /** Who is told how far the subscription has come. */
    public Builder progress(ProgressListener listener) {
      this.progress = listener;
      return this;
    }

    /** The subscription. */
    public Subscription build() {
      return new Subscription(
          this,
          handler.orElseThrow(() -> new IllegalStateException("a subscription needs a handler")));
    }
  }
}
