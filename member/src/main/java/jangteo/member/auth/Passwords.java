package jangteo.member.auth;

import jangteo.chassis.web.Problem;
import jangteo.chassis.web.ProblemException;
import jangteo.member.domain.Password;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Hashes and compares passwords, a few at a time: each takes 19 MiB or more and a core for tens of
 * milliseconds, and a wave of logins must neither exhaust the memory nor stall other calls. So they
 * are computed on platform threads, which the system makes take turns: a virtual thread that
 * computes keeps one of the few threads that all requests run on.
 */
public final class Passwords {

  /**
   * Whether a password is right.
   *
   * @param right whether it is
   * @param betterHash a hash at today's cost to keep instead, when it is right and the kept one was
   *     made at another
   */
  record Compared(boolean right, Optional<String> betterHash) {}

  private final Argon2id argon2id;
  private final Semaphore turns;
  private final Duration patience;
  private final String nobodysHash;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("passwords-", 0).factory());

  /**
   * Hashes at that cost.
   *
   * @param cost what a new hash costs; one made at another cost is made anew at the next login
   * @throws IllegalArgumentException for a cost below OWASP's recommendation
   * @param atOnce so many at a time
   * @param patience how long a request waits for its turn before it is refused with 503
   */
  public Passwords(SecureRandom random, Argon2id.Cost cost, int atOnce, Duration patience) {
    if (!cost.enough()) {
      throw new IllegalArgumentException(
          "passwords: %s is less than %s".formatted(cost, Argon2id.Cost.OWASP));
    }
    this(new Argon2id(cost, random), atOnce, patience);
  }

  Passwords(Argon2id argon2id, int atOnce, Duration patience) {
    this.argon2id = argon2id;
    this.turns = new Semaphore(atOnce, true);
    this.patience = patience;
    this.nobodysHash = argon2id.hash(Password.typed("nobody has this password"));
  }

  /** The hash of a new password. */
  public String hash(Password password) {
    return inTurn(() -> computed(() -> argon2id.hash(password)));
  }

  /**
   * Does what belongs together while it holds one of the turns; {@link #compare} is meant for it.
   *
   * @throws jangteo.chassis.web.ProblemException 503 when no turn came in time
   */
  <T> T inTurn(Supplier<T> work) {
    try {
      if (!turns.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        throw Problem.unavailable("Too many logins at the moment.", patience).exception();
      }
    } catch (InterruptedException e) {
      throw shuttingDown();
    }
    try {
      return work.get();
    } finally {
      turns.release();
    }
  }

  /** Compares with the hash of an account, or does the same work when there is none. */
  Compared compare(Password password, Optional<String> hash) {
    return computed(() -> compared(password, hash));
  }

  private Compared compared(Password password, Optional<String> hash) {
    boolean right = Argon2id.matches(password, hash.orElse(nobodysHash)) && hash.isPresent();
    return new Compared(
        right, hash.filter(h -> right && argon2id.outdated(h)).map(_ -> argon2id.hash(password)));
  }

  private <T> T computed(Callable<T> work) {
    try {
      return threads.submit(work).get();
    } catch (InterruptedException e) {
      throw shuttingDown();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private ProblemException shuttingDown() {
    Thread.currentThread().interrupt();
    return Problem.unavailable("Shutting down.", patience).exception();
  }
}
