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
import java.util.Optional;

/**
 * Carries out one {@link Intent}, as a careful client does: what it does not know the outcome of it
 * repeats with the same key, it looks until the order is decided, and once more a while later.
 */
final class Customer {
  private static final int TRIES = 6;
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(1_500);
  private static final Duration LOOK = Duration.ofMillis(400);
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final Duration LATER = Duration.ofSeconds(10);

  private final Shop shop;
  private final History history;
  private final Clock clock;
  private final Buyer buyer;
  private final Intent intent;

  Customer(Shop shop, History history, Clock clock, Buyer buyer, Intent intent) {
    this.shop = shop;
    this.history = history;
    this.clock = clock;
    this.buyer = buyer;
    this.intent = intent;
  }

  /** Buys; returns when there is nothing more to see. */
  void buy() throws IOException, InterruptedException {
    Thread twin =
        intent.twice()
            ? Thread.startVirtualThread(this::placeOnce)
            : Thread.startVirtualThread(() -> {});
    Optional<Sight> placed = place();
    twin.join();
    if (placed.isEmpty()) {
      return;
    }
    String order = placed.get().orderId();
    Thread canceller =
        Thread.startVirtualThread(
            () -> {
              if (intent.cancels()) {
                cancel(order);
              }
            });
    boolean decided = intent.follows() ? follow(order) : look(order);
    canceller.join();
    if (decided) {
      Thread.sleep(LATER);
      read(order);
    }
  }

  /** The order, once a try was answered with it; nothing when refused, or unknown to the end. */
  private Optional<Sight> place() throws IOException, InterruptedException {
    for (int i = 0; i < TRIES; i++) {
      Operation tried = tryToPlace();
      if (tried.outcome() != Outcome.UNKNOWN) {
        return Optional.ofNullable(tried.order());
      }
      Thread.sleep(BETWEEN_TRIES.multipliedBy(i + 1L));
    }
    return Optional.empty();
  }

  private void placeOnce() {
    try {
      tryToPlace();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Operation tryToPlace() throws IOException, InterruptedException {
    return record(
        Kind.PLACE,
        intent.key(),
        shop.post("/api/v1/orders").as(buyer.token()).key(intent.key()).body(intent.body()));
  }

  private void cancel(String order) {
    try {
      Thread.sleep(intent.cancelAfter());
      record(
          Kind.CANCEL,
          order,
          shop.post("/api/v1/orders/" + order + "/cancel").as(buyer.token()).key(intent.key()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Reads the stream; asks when it ended before the decision. */
  private boolean follow(String order) throws IOException, InterruptedException {
    Instant begin = clock.instant();
    shop.get("/api/v1/orders/" + order + "/events")
        .as(buyer.token())
        .follow(
            LATER,
            data ->
                Sight.in(data)
                    .ifPresent(sight -> keep(Kind.FOLLOW, order, begin, 200, Optional.of(sight))));
    return look(order);
  }

  private boolean look(String order) throws IOException, InterruptedException {
    Instant end = clock.instant().plus(PATIENCE);
    while (clock.instant().isBefore(end)) {
      Operation seen = read(order);
      if (seen.order() != null && seen.order().isDecided()) {
        return true;
      }
      Thread.sleep(LOOK);
    }
    return false;
  }

  private Operation read(String order) throws IOException, InterruptedException {
    return record(Kind.READ, order, shop.get("/api/v1/orders/" + order).as(buyer.token()));
  }

  private Operation record(Kind kind, String key, Call call)
      throws IOException, InterruptedException {
    Instant begin = clock.instant();
    try {
      Answer answer = call.send();
      return keep(kind, key, begin, answer.status(), Sight.in(answer.body()));
    } catch (IOException e) {
      return keep(kind, key, begin, 0, Optional.empty()); // no answer: that is what is written down
    }
  }

  private Operation keep(Kind kind, String key, Instant begin, int status, Optional<Sight> order) {
    Operation operation =
        new Operation(
            kind,
            buyer.name(),
            key,
            begin,
            clock.instant(),
            Outcome.of(status),
            status,
            order.orElse(null));
    try {
      history.add(operation);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return operation;
  }
}
