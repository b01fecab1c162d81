package jangteo.order.audit.runner;

import jangteo.order.audit.Facts.ListingCase;
import jangteo.order.audit.Facts.OrderCase;
import jangteo.order.audit.Finding;
import jangteo.order.audit.Invariant;
import jangteo.order.audit.LedgerRules;
import jangteo.order.audit.ListingRules;
import jangteo.order.audit.OrderRules;
import jangteo.order.audit.Trail;
import jangteo.order.audit.runner.AuditReport.Verdict;
import jangteo.order.domain.Order;
import jangteo.order.store.OrderViews;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/** One audit's looks at the stores: first at everything, then at what seemed wrong. */
final class Look {

  /** So many orders' trails are kept at a time: some 20 MB. */
  private static final int ORDERS_PER_SLICE = 50_000;

  private static final int VIEWS_PER_PAGE = 500;
  private static final int IDS_PER_CALL = 500;

  private final OrdersTopic topic;
  private final OrderViews views;
  private final Participants participants;
  private final Clock clock;
  private final int most;

  private final Map<String, Trail> kept = new HashMap<>();
  private final boolean trailsWhole;
  private Set<Finding> findings = new LinkedHashSet<>();
  private long orders;
  private long listings;
  private long payments;
  private long entriesAndWallets;

  /**
   * Nothing is seen yet.
   *
   * @param most so many findings are kept of a look
   */
  Look(OrdersTopic topic, OrderViews views, Participants participants, Clock clock, int most) {
    this.topic = topic;
    this.views = views;
    this.participants = participants;
    this.clock = clock;
    this.most = most;
    this.trailsWhole = topic.whole();
  }

  /** What seems wrong anywhere. */
  Set<Finding> everything() {
    findings = new LinkedHashSet<>();
    Slice.of(views.count(), ORDERS_PER_SLICE).forEach(this::orders);
    Cases.ofListings(participants.listings(), participants.offers(), this::listing);
    ledger();
    return findings;
  }

  private void orders(Slice slice) {
    SortedMap<String, Trail> trails = new TreeMap<>();
    topic.rewind();
    topic.readOn(slice::contains, order -> follow(trails, order));
    Cases.ofOrders(
        Sorted.pages(
            VIEWS_PER_PAGE,
            last -> views.page(last.map(Order::orderId).orElse(slice.after()), VIEWS_PER_PAGE)),
        trails,
        trailsWhole,
        participants.reservations(slice.after().toString()),
        participants.payments(slice.after().toString()),
        slice::endsBehind,
        facts -> {
          orders++;
          payments += facts.payments().size();
          order(facts);
        });
    for (Finding finding : findings) {
      if (finding.subject() instanceof Finding.OfOrder(String id) && trails.containsKey(id)) {
        kept.put(id, trails.get(id));
      }
    }
  }

  private static void follow(Map<String, Trail> trails, Order order) {
    trails.compute(
        order.orderId().toString(),
        (id, trail) -> trail == null ? Trail.of(order) : trail.then(order));
  }

  /** What seems wrong with the subjects of these findings. */
  Set<Finding> again(Collection<Finding> suspects) {
    findings = new LinkedHashSet<>();
    Set<String> orderIds = new TreeSet<>();
    Set<Long> productIds = new TreeSet<>();
    boolean ledger = false;
    for (Finding suspect : suspects) {
      switch (suspect.subject()) {
        case Finding.OfOrder(String id) -> orderIds.add(id);
        case Finding.OfProduct(long id) -> productIds.add(id);
        case Finding.OfLedger() -> ledger = true;
      }
    }
    topic.readOn(orderIds::contains, order -> follow(kept, order));
    inParts(orderIds).forEach(this::ordersAgain);
    inParts(productIds)
        .forEach(
            ids -> {
              var offers = participants.offers(ids);
              var stocks = participants.listings(ids);
              Cases.ofListings(stocks.iterator(), offers.iterator(), this::listingAgain);
            });
    if (ledger) {
      LedgerRules.judge(participants.ledger()).forEach(this::add);
    }
    return findings;
  }

  private void ordersAgain(List<String> ids) {
    SortedMap<String, Trail> trails = new TreeMap<>();
    ids.stream().filter(kept::containsKey).forEach(id -> trails.put(id, kept.get(id)));
    Cases.ofOrders(
        views.find(ids.stream().map(UUID::fromString).toList()).iterator(),
        trails,
        trailsWhole,
        participants.reservations(ids).iterator(),
        participants.payments(ids).iterator(),
        id -> true,
        this::order);
  }

  private static <T> List<List<T>> inParts(Collection<T> ids) {
    List<T> all = List.copyOf(ids);
    List<List<T>> parts = new ArrayList<>();
    for (int i = 0; i < all.size(); i += IDS_PER_CALL) {
      parts.add(all.subList(i, Math.min(all.size(), i + IDS_PER_CALL)));
    }
    return parts;
  }

  private void order(OrderCase facts) {
    OrderRules.judge(facts, clock.instant()).forEach(this::add);
  }

  private void listing(ListingCase facts) {
    listings++;
    listingAgain(facts);
  }

  private void listingAgain(ListingCase facts) {
    ListingRules.judge(facts).forEach(this::add);
  }

  private void ledger() {
    var ledger = participants.ledger();
    entriesAndWallets = ledger.entries() + ledger.wallets();
    LedgerRules.judge(ledger).forEach(this::add);
  }

  private void add(Finding finding) {
    if (findings.size() < most) {
      findings.add(finding);
    }
  }

  /** Records of the topic that say nothing that can be read. */
  List<Finding> unreadable() {
    return topic.unreadable().stream()
        .map(
            key ->
                new Finding(
                    new Finding.OfOrder(key),
                    Invariant.STORES_AGREE,
                    key,
                    "orders has a record of it that is no order"))
        .toList();
  }

  /** The report on all looks. */
  AuditReport report(Instant began, Duration took, Set<Finding> violations) {
    return new AuditReport(
        began,
        took,
        Arrays.stream(Invariant.values())
            .map(
                invariant ->
                    new Verdict(
                        invariant,
                        checked(invariant),
                        violations.stream().filter(v -> v.invariant() == invariant).toList()))
            .toList());
  }

  private long checked(Invariant invariant) {
    return switch (invariant) {
      case ORDERS_END, ONE_KEY_ONE_ORDER -> orders;
      case STOCK_ADDS_UP, STORES_AGREE -> orders + listings;
      case MONEY_ADDS_UP -> payments + entriesAndWallets;
    };
  }
}
