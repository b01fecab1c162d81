package jangteo.local.chaos;

import jangteo.local.chaos.Intent.Journey;
import jangteo.local.chaos.Operation.Kind;
import jangteo.local.chaos.Operation.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Carries out one {@link Intent}, as a careful client does: what it does not know the outcome of it
 * repeats with the same key, it looks until the order is decided, and once more a while later.
 */
final class Customer {
  private static final int TRIES = 8;
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(1_500);
  private static final Duration LOOK = Duration.ofMillis(400);
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final Duration LATER = Duration.ofSeconds(10);

  private final Client client;
  private final Buyer buyer;
  private final List<Seller> sellers;
  private final Intent intent;

  /**
   * @param sellers of what is bought
   */
  Customer(Client client, Buyer buyer, List<Seller> sellers, Intent intent) {
    this.client = client;
    this.buyer = buyer;
    this.sellers = List.copyOf(sellers);
    this.intent = intent;
  }

  @FunctionalInterface
  private interface Deed {
    void run() throws InterruptedException;
  }

  /** Buys; returns when there is nothing more to see. */
  void buy() throws InterruptedException {
    Thread twin = beside(intent.twice(), () -> place(1));
    Sight placed = place(TRIES).order();
    twin.join();
    if (placed == null) {
      return; // refused, or unknown to the end
    }
    String order = placed.orderId();
    Thread canceller = beside(intent.cancels(), () -> cancel(order));
    if (intent.follows()) {
      follow(order);
    }
    String decision = look(order);
    canceller.join();
    if (decision.equals("CONFIRMED") && intent.journey() != Journey.NOWHERE) {
      new Fulfilling(client, buyer, sellers).carry(order, intent.journey());
    }
    if (!decision.isEmpty()) {
      Thread.sleep(LATER);
      read(order);
    }
  }

  private static Thread beside(boolean wanted, Deed deed) {
    return Thread.startVirtualThread(
        () -> {
          try {
            if (wanted) {
              deed.run();
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private Operation place(int tries) throws InterruptedException {
    return client.insist(
        buyer.name(),
        Kind.PLACE,
        intent.key(),
        tries,
        BETWEEN_TRIES,
        shop ->
            shop.post("/api/v1/orders").as(buyer.token()).key(intent.key()).body(intent.body()));
  }

  private void cancel(String order) throws InterruptedException {
    Thread.sleep(intent.cancelAfter());
    client.insist(
        buyer.name(),
        Kind.CANCEL,
        order,
        TRIES,
        BETWEEN_TRIES,
        shop -> shop.post("/api/v1/orders/" + order + "/cancel").as(buyer.token()));
  }

  private void follow(String order) throws InterruptedException {
    client.follow(
        buyer.name(),
        order,
        LATER,
        shop -> shop.get("/api/v1/orders/" + order + "/events").as(buyer.token()));
  }

  /** Asks until the order is decided; its status then, or nothing when that takes too long. */
  private String look(String order) throws InterruptedException {
    Instant end = client.now().plus(PATIENCE);
    while (client.now().isBefore(end)) {
      Operation seen = read(order);
      if (seen.outcome() == Outcome.OK && seen.order() != null && seen.order().isDecided()) {
        return seen.order().status();
      }
      Thread.sleep(seen.outcome() == Outcome.OK ? LOOK : BETWEEN_TRIES);
    }
    return "";
  }

  private Operation read(String order) throws InterruptedException {
    return client.ask(
        buyer.name(),
        Kind.READ,
        order,
        shop -> shop.get("/api/v1/orders/" + order).as(buyer.token()));
  }
}
