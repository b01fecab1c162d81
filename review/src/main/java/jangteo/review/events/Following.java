package jangteo.review.events;

import jangteo.chassis.data.Database;
import jangteo.chassis.data.Transaction;
import jangteo.chassis.events.BatchHandler;
import jangteo.chassis.events.Record;
import jangteo.chassis.events.Subscription;
import jangteo.chassis.events.UnprocessableException;
import jangteo.member.v1.MemberChanged;
import jangteo.review.domain.Purchase;
import jangteo.review.store.NameStore;
import jangteo.review.store.PurchaseStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Follows {@code orders} and {@code members} and keeps what reviews need of them, a poll in one
 * transaction. Every statement compares versions, so that a repeated record changes nothing.
 */
public final class Following implements BatchHandler {

  /**
   * The second group of this kind: what the first had read went into rows without the seller. A
   * group that is new reads the log from its beginning.
   */
  private static final String GROUP = "review-2";

  /** Nobody reviews what they have bought a moment ago. */
  private static final Duration PATIENCE = Duration.ofMillis(200);

  private final Database database;
  private final PurchaseStore purchases;
  private final NameStore names;

  /** A follower that writes to these. */
  public Following(Database database, PurchaseStore purchases, NameStore names) {
    this.database = database;
    this.purchases = purchases;
    this.names = names;
  }

  /** The subscription that feeds it. */
  public Subscription subscription() {
    return Subscription.to("orders", "members").group(GROUP).patience(PATIENCE).batch(this).build();
  }

  @Override
  public void handle(List<Record> records) {
    List<Purchase> bought = new ArrayList<>();
    List<Consumer<Transaction>> members = new ArrayList<>();
    for (Record record : records) {
      switch (record.topic()) {
        case "orders" -> bought.addAll(OrderRecords.purchases(record));
        case "members" -> members.add(member(record));
        default -> throw new UnprocessableException("not a topic that review follows");
      }
    }
    if (!bought.isEmpty() || !members.isEmpty()) {
      database.transact(
          tx -> {
            purchases.put(tx, bought);
            members.forEach(change -> change.accept(tx));
          });
    }
  }

  private Consumer<Transaction> member(Record record) {
    if (record.value().isEmpty()) {
      long erased = memberId(record.key());
      return tx -> names.erase(tx, erased);
    }
    MemberChanged member = record.parse(MemberChanged.parser());
    return tx -> names.put(tx, member.getMemberId(), member.getVersion(), member.getName());
  }

  private static long memberId(String key) {
    try {
      return Long.parseLong(key);
    } catch (NumberFormatException e) {
      throw new UnprocessableException("a member id that is no number", e);
    }
  }
}
