package jangteo.payment.work;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Lets a request wait until a step of its payment is settled, by this instance or another. */
public final class Settlements {

  /** How soon it is seen what another instance has settled. */
  private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

  private final Duration patience;
  private final Clock clock;
  private final Map<UUID, CompletableFuture<Boolean>> next = new ConcurrentHashMap<>();

  /**
   * Listens to the settler.
   *
   * @param patience how long a request waits for the provider
   */
  public Settlements(Settler settler, Duration patience, Clock clock) {
    this.patience = patience;
    this.clock = clock;
    settler.whenSettled(job -> settled(job.intent().paymentId()));
  }

  /** What was looked up last: decided, unless the patience is at its end. */
  <T> T await(UUID paymentId, Supplier<T> look, Predicate<T> decided) {
    Instant end = clock.instant().plus(patience);
    while (true) {
      CompletableFuture<Boolean> settled =
          next.computeIfAbsent(paymentId, _ -> new CompletableFuture<>());
      boolean over = true;
      try {
        T found = look.get();
        over = decided.test(found) || !clock.instant().isBefore(end);
        if (over) {
          return found;
        }
      } finally {
        if (over) {
          next.remove(paymentId, settled);
        }
      }
      await(settled);
    }
  }

  private void settled(UUID paymentId) {
    CompletableFuture<Boolean> waiting = next.remove(paymentId);
    if (waiting != null) {
      waiting.complete(true);
    }
  }

  private static void await(CompletableFuture<Boolean> settled) {
    try {
      settled.get(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException lookAgain) {
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
