package jangteo.local.chaos;

import jangteo.local.chaos.Operation.Kind;
import jangteo.local.chaos.Operation.Outcome;
import jangteo.local.story.Shop;
import jangteo.local.story.Shop.Answer;
import jangteo.local.story.Shop.Call;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/** Asks the shop; every answer, and every silence, is written down. */
final class Client {
  /** The gateway gives a service 15 s and then says so itself. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final String PROBLEM = "urn:jangteo:problem:";

  private final Shop shop;
  private final History history;
  private final Clock clock;

  Client(Shop shop, History history, Clock clock) {
    this.shop = shop;
    this.history = history;
    this.clock = clock;
  }

  Instant now() {
    return clock.instant();
  }

  /** Asks once. The request is made by the function, with the token that is good by then. */
  Operation ask(String who, Kind kind, String key, Function<Shop, Call> request)
      throws InterruptedException {
    Instant begin = clock.instant();
    try {
      Answer answer = request.apply(shop).within(PATIENCE).send();
      return keep(
          new Operation(
              kind,
              who,
              key,
              begin,
              clock.instant(),
              answer.status(),
              answer.status() < 400 ? "" : answer.text("/type").replace(PROBLEM, ""),
              !answer.retryAfter().isEmpty(),
              Sight.in(answer.body()).orElse(null)));
    } catch (IOException e) { // no answer: that is what is written down
      return keep(
          new Operation(kind, who, key, begin, clock.instant(), 0, e.toString(), false, null));
    }
  }

  /**
   * Asks again and again, the same with the same key, until the outcome is known.
   *
   * @param between before the first repetition; before the next ones it is twice, thrice … as long
   */
  Operation insist(
      String who, Kind kind, String key, int tries, Duration between, Function<Shop, Call> request)
      throws InterruptedException {
    Operation last = ask(who, kind, key, request);
    for (int i = 1; i < tries && last.outcome() == Outcome.UNKNOWN; i++) {
      Thread.sleep(between.multipliedBy(i));
      last = ask(who, kind, key, request);
    }
    return last;
  }

  /** Reads the events of an order for that long, or until they end. */
  void follow(String who, String order, Duration limit, Function<Shop, Call> request)
      throws InterruptedException {
    Instant begin = clock.instant();
    request
        .apply(shop)
        .follow(limit, data -> Sight.in(data).ifPresent(sight -> seen(who, order, begin, sight)));
  }

  private void seen(String who, String order, Instant begin, Sight sight) {
    keep(new Operation(Kind.FOLLOW, who, order, begin, clock.instant(), 200, "", false, sight));
  }

  private Operation keep(Operation operation) {
    try {
      history.add(operation);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return operation;
  }
}
