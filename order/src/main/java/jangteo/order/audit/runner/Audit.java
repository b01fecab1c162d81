package jangteo.order.audit.runner;

import jangteo.chassis.events.Kafka;
import jangteo.chassis.web.Problem;
import jangteo.order.audit.Finding;
import jangteo.order.store.OrderViews;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the invariants of the design's section 7 against all stores, while the shop goes on.
 *
 * <p>The stores are read one after the other, so an order that moves meanwhile looks wrong. What
 * looks wrong is therefore looked at again, after everybody has had the time, and has been seen, to
 * read what order had said by then; only what is then wrong in the same way is a violation.
 */
public final class Audit {

  private static final Logger LOG = LoggerFactory.getLogger(Audit.class);

  /** More than what seems wrong because it moves, at any rate this shop can have. */
  private static final int SUSPECTS = 20_000;

  private static final int LOOKS = 5;
  private static final Duration RETRY_AFTER = Duration.ofSeconds(10);
  private static final Duration ASK_READERS = Duration.ofMillis(200);

  private final Kafka kafka;
  private final OrderViews views;
  private final Participants participants;
  private final Clock clock;
  private final Duration settling;
  private final Duration patience;
  private final ReentrantLock running = new ReentrantLock();

  /**
   * Nothing is read yet.
   *
   * @param settling between two looks; longer than what the read models lag behind
   * @param patience how long those who read {@code orders} are waited for
   */
  public Audit(
      Kafka kafka,
      OrderViews views,
      Participants participants,
      Clock clock,
      Duration settling,
      Duration patience) {
    this.kafka = kafka;
    this.views = views;
    this.participants = participants;
    this.clock = clock;
    this.settling = settling;
    this.patience = patience;
  }

  /**
   * Looks at everything.
   *
   * @throws jangteo.chassis.web.ProblemException 503 when a store or a service cannot be read, or
   *     an audit is running here
   */
  public AuditReport run() {
    if (!running.tryLock()) {
      throw unavailable("An audit is running.");
    }
    try (OrdersTopic topic = new OrdersTopic(kafka);
        Readers readers = new Readers(kafka)) {
      return run(new Look(topic, views, participants, clock, SUSPECTS), topic, readers);
    } catch (RetriableException e) {
      LOG.warn("The audit was given up", e);
      throw unavailable("The audit needs Kafka, which does not answer.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("The service is stopping.");
    } finally {
      running.unlock();
    }
  }

  private AuditReport run(Look look, OrdersTopic topic, Readers readers)
      throws InterruptedException {
    Instant began = clock.instant();
    long start = System.nanoTime();
    Set<Finding> suspects = look.everything();
    if (suspects.size() >= SUSPECTS) {
      throw unavailable("More than " + SUSPECTS + " facts disagree or move.");
    }
    Set<Finding> certain = new LinkedHashSet<>(look.unreadable());
    for (int looks = 1; looks < LOOKS && !suspects.isEmpty(); looks++) {
      Thread.sleep(settling);
      awaitReaders(topic, readers);
      Set<Finding> again = look.again(suspects);
      again.stream().filter(suspects::contains).forEach(certain::add);
      again.removeAll(certain);
      suspects = again;
    }
    certain.forEach(Audit::log);
    return look.report(began, Duration.ofNanos(System.nanoTime() - start), certain);
  }

  private void awaitReaders(OrdersTopic topic, Readers readers) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    Optional<String> behind = readers.behind(topic.places());
    while (behind.isPresent()) {
      if (System.nanoTime() > end) {
        throw unavailable("Not quiet enough for an audit: " + behind.get() + ".");
      }
      Thread.sleep(ASK_READERS);
      behind = readers.behind(topic.places());
    }
  }

  private static void log(Finding violation) {
    LOG.atError()
        .addKeyValue("invariant", violation.invariant().label())
        .addKeyValue("id", violation.id())
        .log("An invariant is violated: {}", violation.found());
  }

  private static RuntimeException unavailable(String detail) {
    return Problem.unavailable(detail, RETRY_AFTER).exception();
  }
}
