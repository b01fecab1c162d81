package jangteo.e2e;

import jangteo.e2e.Answers.Kind;
import jangteo.e2e.Answers.Phase;
import jangteo.e2e.Answers.Sort;
import jangteo.testkit.Rest;
import jangteo.testkit.Rest.Answer;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Callers with good, blocked and forged tokens at the gateway, and some who log in and out, again
 * and again until it is closed. Each answer is held against the one that is right; while a part is
 * away, and for some seconds after it, what needs that part may be a 503 with {@code Retry-After}.
 */
final class TokenLoad implements AutoCloseable {
  static final String PROFILE = "/api/v1/members/me";
  static final String ORDERS = "/api/v1/orders";
  static final String LOGIN = "/api/v1/auth/login";
  static final String LOGOUT = "/api/v1/auth/logout";

  /** Until connections are made anew, and what waits for its next try has tried. */
  static final Duration GRACE = Duration.ofSeconds(3);

  /** The gateway gives a service 15 s and then says so itself. */
  private static final Duration LONGEST = Duration.ofSeconds(15);

  private static final Duration PAUSE = Duration.ofMillis(40);

  private final List<String> paths;
  private final Set<String> needThePart;
  private final Answers answers = new Answers();
  private final List<String> blocked;
  private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(8);
  private volatile Instant awaySince = Instant.MAX;
  private volatile Instant backSince = Instant.MAX;

  /**
   * Who calls.
   *
   * @param good the members who stay
   * @param leaving the members who log in and out all the time
   * @param blocked tokens that are blocked already
   * @param forged tokens that never worked
   * @param product the path of a product, which anybody may read
   * @param needThePart the calls that need the part which goes away
   */
  TokenLoad(
      Collection<Person> good,
      Collection<Person> leaving,
      Collection<String> blocked,
      Collection<String> forged,
      String product,
      Set<String> needThePart) {
    this.paths = List.of(product, PROFILE, ORDERS);
    this.needThePart = needThePart;
    this.blocked = new CopyOnWriteArrayList<>(blocked);
    good.forEach(person -> again(() -> paths.forEach(path -> mustPass(person, path))));
    leaving.forEach(person -> again(() -> comesAndGoes(person)));
    again(new InTurn(Kind.BLOCKED, this.blocked));
    again(new InTurn(Kind.FORGED, List.copyOf(forged)));
  }

  /** The part is about to be killed. */
  void partGoes() {
    awaySince = Instant.now();
  }

  /** The part is there again. */
  void partIsBack() {
    backSince = Instant.now();
  }

  Answers answers() {
    return answers;
  }

  private void again(Runnable step) {
    var unused =
        threads.scheduleWithFixedDelay(
            () -> {
              try {
                step.run();
              } catch (RuntimeException e) {
                answers.wrong("the test itself: " + e);
              }
            },
            0,
            PAUSE.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private void mustPass(Person person, String path) {
    var unused = ask(Kind.GOOD, path, 200, () -> person.rest().get(path));
  }

  /** What must not work is tried with one token after the other, at one call after the other. */
  private final class InTurn implements Runnable {
    private final Kind kind;
    private final List<String> tokens;
    private int turn;

    InTurn(Kind kind, List<String> tokens) {
      this.kind = kind;
      this.tokens = tokens;
    }

    @Override
    public void run() {
      mustNotPass(kind, tokens.get(turn++ % tokens.size()));
    }
  }

  private void mustNotPass(Kind kind, String token) {
    Rest rest = RunningShop.get().rest().as(token);
    for (String path : paths) {
      var unused = ask(kind, path, 401, () -> rest.get(path));
    }
  }

  /** From the answer to its logout on a token is one of the blocked. */
  private void comesAndGoes(Person person) {
    Optional<Answer> login = ask(Kind.LOGIN, LOGIN, 200, person::logsIn);
    if (login.isEmpty()) {
      return;
    }
    String token = login.get().body().path("accessToken").asText();
    Rest rest = RunningShop.get().rest().as(token);
    var unused = ask(Kind.GOOD, ORDERS, 200, () -> rest.get(ORDERS));
    if (ask(Kind.LOGOUT, LOGOUT, 204, () -> rest.post(LOGOUT)).isPresent()) {
      mustNotPass(Kind.BLOCKED, token);
      blocked.add(token);
    }
  }

  /** The answer, if it is the right one. */
  private Optional<Answer> ask(Kind kind, String path, int right, Supplier<Answer> call) {
    Instant begun = Instant.now();
    Phase phase = phase(begun);
    String what = "%s %s %s at %s".formatted(phase, kind, path, begun);
    try {
      Answer answer = call.get();
      Duration took = Duration.between(begun, Instant.now());
      answers.count(new Sort(phase, kind, path.replaceAll("\\d+$", "…"), answer.status()), took);
      if (took.compareTo(LONGEST) > 0) {
        answers.wrong(what + ": took " + took);
      }
      if (answer.status() == right) {
        return Optional.of(answer);
      }
      if (!excused(path, begun, answer)) {
        answers.wrong("%s: %d %s".formatted(what, answer.status(), answer.body()));
      }
    } catch (UncheckedIOException e) {
      answers.wrong("%s: no answer, %s".formatted(what, e.getCause()));
    }
    return Optional.empty();
  }

  private boolean excused(String path, Instant begun, Answer answer) {
    return needThePart.contains(path)
        && answer.status() == 503
        && answer.header("Retry-After").isPresent()
        && !Instant.now().isBefore(awaySince)
        && (backSince.equals(Instant.MAX) || begun.isBefore(backSince.plus(GRACE)));
  }

  private Phase phase(Instant begun) {
    if (begun.isBefore(awaySince)) {
      return Phase.BEFORE;
    }
    return begun.isBefore(backSince) ? Phase.AWAY : Phase.AFTER;
  }

  @Override
  public void close() {
    threads.close();
  }
}
