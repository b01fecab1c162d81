package jangteo.order.audit;

import static jangteo.order.audit.Invariant.STOCK_ADDS_UP;
import static jangteo.order.audit.Invariant.STORES_AGREE;

import jangteo.order.audit.Facts.ListingCase;
import jangteo.order.audit.Facts.Offer;
import jangteo.order.audit.Facts.Stock;
import java.util.ArrayList;
import java.util.List;

/** The invariants, held against one listing. */
public final class ListingRules {

  private final ListingCase facts;
  private final List<Finding> findings = new ArrayList<>();

  private ListingRules(ListingCase facts) {
    this.facts = facts;
  }

  /** What contradicts an invariant. */
  public static List<Finding> judge(ListingCase facts) {
    ListingRules rules = new ListingRules(facts);
    facts.stock().ifPresent(rules::stock);
    if (facts.stock().isEmpty()) {
      facts.offer().ifPresent(offer -> rules.add(offer, "search has it, item does not"));
    } else {
      rules.shown(facts.stock().get().offer());
    }
    return rules.findings;
  }

  private void add(Offer offer, String found) {
    add(STORES_AGREE, offer, found);
  }

  private void add(Invariant invariant, Offer offer, String found) {
    findings.add(
        new Finding(
            new Finding.OfProduct(facts.productId()),
            invariant,
            Long.toString(offer.listingId()),
            found));
  }

  // Differences, not figures: they stay the same while orders go on.
  private void stock(Stock s) {
    check(s, Math.min(0, s.reserved()), "%d are reserved");
    check(s, Math.min(0, s.onHand() - s.reserved()), "%d can be bought");
    check(s, Math.min(0, s.sold()), "%d are sold");
    check(
        s,
        s.onHand() + s.sold() - s.initial() - s.adjusted() - s.restocked(),
        "%+d pieces that came from nowhere");
    check(s, s.reserved() - s.heldByOrders(), "%+d reserved beside what orders hold");
    check(s, s.sold() - s.soldToOrders(), "%+d sold beside what orders bought");
    check(s, s.restocked() - s.returnedByOrders(), "%+d restocked beside what came back");
  }

  private void check(Stock stock, long off, String found) {
    if (off != 0) {
      add(STOCK_ADDS_UP, stock.offer(), found.formatted(off));
    }
  }

  private void shown(Offer item) {
    if (facts.offer().isEmpty()) {
      add(item, "item has it, search does not");
      return;
    }
    Offer search = facts.offer().get();
    if (search.sequence() < item.sequence()) {
      // Only search's place: it moves as long as search follows at all.
      add(item, "search stays at change " + search.sequence());
    } else if (search.sequence() > item.sequence()) {
      add(item, "search is at change %d, item at %d".formatted(search.sequence(), item.sequence()));
    } else if (!search.equals(item)) {
      add(item, "search shows %s, item %s".formatted(shown(search, item), shown(item, search)));
    }
  }

  /** What of it differs from the other. */
  private static String shown(Offer one, Offer other) {
    List<String> differing = new ArrayList<>();
    if (one.available() != other.available()) {
      differing.add(one.available() + " pieces");
    }
    if (one.version() != other.version()) {
      differing.add("version " + one.version());
    }
    if (!one.price().equals(other.price())) {
      differing.add(one.price().amount() + " " + one.price().currency());
    }
    if (!one.status().equals(other.status())) {
      differing.add(one.status());
    }
    if (one.listingId() != other.listingId()) {
      differing.add("listing " + one.listingId());
    }
    return String.join(", ", differing);
  }
}
