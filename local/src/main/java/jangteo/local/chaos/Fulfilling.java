package jangteo.local.chaos;

import jangteo.local.chaos.Intent.Journey;
import jangteo.local.chaos.Operation.Kind;
import jangteo.local.chaos.Operation.Outcome;
import java.time.Duration;
import java.util.List;

/** What becomes of a confirmed order: its sellers ship and deliver, its buyer returns it. */
final class Fulfilling {
  /** Money that is captured late holds the goods back for so long at most. */
  private static final int SETTLING = 40;

  private static final int TRIES = 8;
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

  private final Client client;
  private final Buyer buyer;
  private final List<Seller> sellers;

  Fulfilling(Client client, Buyer buyer, List<Seller> sellers) {
    this.client = client;
    this.buyer = buyer;
    this.sellers = sellers;
  }

  /** Carries the goods as far as that, or to where a refusal or a silence ends it. */
  void carry(String order, Journey journey) throws InterruptedException {
    for (Seller seller : sellers) {
      if (!ship(seller, order)) {
        return;
      }
    }
    if (journey == Journey.SHIPPED) {
      return;
    }
    for (Seller seller : sellers) {
      if (!done(seller, Kind.DELIVER, order, "deliver")) {
        return;
      }
    }
    if (journey == Journey.RETURNED) {
      done(buyer, Kind.RETURN, order, "return");
    }
  }

  /** Goods that are not paid and committed yet do not leave: again in a moment. */
  private boolean ship(Seller seller, String order) throws InterruptedException {
    for (int i = 0; i < SETTLING; i++) {
      Operation tried = insist(seller, Kind.SHIP, order, "ship");
      if (!tried.problem().equals("not-settled")) {
        return tried.outcome() == Outcome.OK;
      }
      Thread.sleep(BETWEEN_TRIES);
    }
    return false;
  }

  private boolean done(Person who, Kind kind, String order, String call)
      throws InterruptedException {
    return insist(who, kind, order, call).outcome() == Outcome.OK;
  }

  private Operation insist(Person who, Kind kind, String order, String call)
      throws InterruptedException {
    return client.insist(
        who.name(),
        kind,
        order,
        TRIES,
        BETWEEN_TRIES,
        shop -> shop.post("/api/v1/orders/" + order + "/" + call).as(who.token()));
  }
}
