package jangteo.order.saga.runner;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/**
 * Says up to when a task has heard what was told it: a deadline is acted on only when everything
 * that lay in the inputs as it passed has been read.
 *
 * <p>After a takeover, while the process stood still, or when it is simply slower than its input,
 * the answers that would confirm an order may lie unread. So the gate asks for the ends of the
 * inputs after a deadline has passed, and says so when the task has read up to them. It waits as
 * long as the reading makes progress, but never for ever: the end of a log may be a transaction's
 * marker, which no task ever gets to read.
 */
final class InputGate {

  /** Where a partition of each input stands. */
  interface Inputs {
    /** Per topic, the end of the partition and how far the saga's group has come, right now. */
    CompletableFuture<Map<String, Span>> of(int partition);
  }

  /** From the first offset that the group has not committed to the one that is written next. */
  record Span(long committed, long end) {}

  /**
   * What was asked at {@code at}. Patience is counted in looks, not in time: in a process that gets
   * little of the processor, time passes without a chance to read.
   *
   * @param unread how much was unread at the last look that found less than before
   * @param looks since then
   * @param idle of these, how many in a row found that the thread had read nothing at all
   */
  private record Question(
      Instant at, CompletableFuture<Map<String, Span>> ends, long unread, int looks, int idle) {

    boolean isKnown() {
      return ends.isDone() && !ends.isCompletedExceptionally();
    }
  }

  private final Inputs inputs;
  private final int partition;
  private final LongSupplier thread;
  private final Map<String, Long> read = new HashMap<>();
  private Optional<Question> question = Optional.empty();
  private CompletableFuture<Map<String, Span>> look = CompletableFuture.completedFuture(Map.of());
  private Instant lookedAt = Instant.MIN;
  private long threadRead;
  private Instant heard = Instant.MIN;

  /**
   * @param thread how many records the stream thread has read for all its tasks: it reads what it
   *     has fetched before it fetches more, and so one partition after the other
   */
  InputGate(Inputs inputs, int partition, LongSupplier thread) {
    this.inputs = inputs;
    this.thread = thread;
    this.partition = partition;
  }

  void read(String topic, long offset) {
    read.merge(topic, offset + 1, Math::max);
  }

  /** Everything that lay in the inputs then has been read. */
  Instant heard() {
    return heard;
  }

  /**
   * Tries to have {@link #heard} what lay there at {@code now}, and says how far it came. To be
   * called again and again while a deadline hangs on it; it may ask the broker, and never waits.
   */
  Instant listen(Instant now) {
    Question asked = followed(question.orElseGet(() -> ask(now, 0)), now);
    question = Optional.of(asked);
    if (asked.unread() == 0 || patienceIsOver(asked)) {
      heard = asked.at();
      question = Optional.empty();
    }
    return heard;
  }

  private Question ask(Instant now, int looks) {
    look(now);
    return new Question(now, look, Long.MAX_VALUE, looks, 0);
  }

  private void look(Instant now) {
    look = inputs.of(partition);
    lookedAt = now;
  }

  private Question followed(Question asked, Instant now) {
    if (asked.ends().isCompletedExceptionally()) {
      return ask(now, asked.looks() + 1);
    }
    boolean busy = thread.getAsLong() > threadRead;
    threadRead = thread.getAsLong();
    Question waited =
        new Question(
            asked.at(),
            asked.ends(),
            asked.unread(),
            asked.looks() + 1,
            busy ? 0 : asked.idle() + 1);
    if (!asked.isKnown()) {
      return waited;
    }
    if (look.isDone() && !look.isCompletedExceptionally()) {
      look.resultNow().forEach((topic, span) -> read.merge(topic, span.committed(), Math::max));
    }
    long unread = unread(asked.ends().resultNow());
    if (unread < asked.unread()) {
      return new Question(asked.at(), asked.ends(), unread, 0, 0);
    }
    if (look.isDone() && !now.isBefore(lookedAt.plus(SagaSettings.LOOK_AGAIN))) {
      look(now); // by now the group may have got past a marker, which no task reads
    }
    return waited;
  }

  private static boolean patienceIsOver(Question asked) {
    if (!asked.isKnown()) {
      return asked.looks() >= SagaSettings.UNKNOWN_LOOKS;
    }
    return asked.idle() >= SagaSettings.IDLE_LOOKS || asked.looks() >= SagaSettings.BUSY_LOOKS;
  }

  private long unread(Map<String, Span> ends) {
    return ends.entrySet().stream()
        .mapToLong(input -> input.getValue().end() - read.getOrDefault(input.getKey(), 0L))
        .map(lacking -> Math.max(0, lacking))
        .sum();
  }
}
