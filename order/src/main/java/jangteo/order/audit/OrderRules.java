package jangteo.order.audit;

import static jangteo.order.audit.Invariant.MONEY_ADDS_UP;
import static jangteo.order.audit.Invariant.ONE_KEY_ONE_ORDER;
import static jangteo.order.audit.Invariant.ORDERS_END;
import static jangteo.order.audit.Invariant.STOCK_ADDS_UP;
import static jangteo.order.audit.Invariant.STORES_AGREE;
import static java.util.stream.Collectors.summingLong;

import jangteo.order.audit.Facts.OrderCase;
import jangteo.order.audit.Facts.Payment;
import jangteo.order.audit.Facts.Reservation;
import jangteo.order.domain.HistoryStep;
import jangteo.order.domain.Line;
import jangteo.order.domain.Order;
import jangteo.order.domain.OrderStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The invariants, held against all that is known of one order. */
public final class OrderRules {

  /** An order is decided by its deadline and so much more (design, section 7). */
  static final Duration PROMISE = Duration.ofMillis(500);

  /**
   * An order that is still open counts as left open after so long. Its decision is held against the
   * promise once it is there; until then a partition may be on its way from a killed instance to
   * another: the session (6 s), the rebalance, the restore.
   */
  static final Duration LEFT_OPEN = Duration.ofSeconds(15);

  /** A step of a payment that is open for longer is not under way, but stuck. */
  static final Duration UNDER_WAY = Duration.ofSeconds(60);

  /** How an order stands towards goods and money. */
  private enum Phase {
    OPEN,
    SOLD,
    OVER,
    RETURNED;

    static Phase of(OrderStatus status) {
      return switch (status) {
        case PLACED -> OPEN;
        case CONFIRMED, SHIPPED, DELIVERED -> SOLD;
        case REJECTED, CANCELLED -> OVER;
        case RETURNED -> RETURNED;
      };
    }
  }

  private final OrderCase facts;
  private final Instant now;
  private final List<Finding> findings = new ArrayList<>();

  private OrderRules(OrderCase facts, Instant now) {
    this.facts = facts;
    this.now = now;
  }

  /** What contradicts an invariant. */
  public static List<Finding> judge(OrderCase facts, Instant now) {
    OrderRules rules = new OrderRules(facts, now);
    rules.stores();
    rules.identity();
    facts.trail().flatMap(Trail::changed).ifPresent(how -> rules.add(ORDERS_END, how));
    facts.view().ifPresent(rules::ends);
    facts.view().filter(rules::isNewest).ifPresent(rules::goodsAndMoney);
    return rules.findings;
  }

  private void add(Invariant invariant, String found) {
    findings.add(
        new Finding(new Finding.OfOrder(facts.orderId()), invariant, facts.orderId(), found));
  }

  private void check(boolean fine, Invariant invariant, String found) {
    if (!fine) {
      add(invariant, found);
    }
  }

  // ---- 1: decided in time, once

  private void ends(Order order) {
    List<HistoryStep> decisions =
        order.history().stream().filter(step -> step.step().equals(Order.DECIDE)).toList();
    if (order.status() == OrderStatus.PLACED) {
      check(decisions.isEmpty(), ORDERS_END, "it is PLACED and decided");
      boolean left = isNewest(order) && now.isAfter(order.deadline().plus(LEFT_OPEN));
      check(!left, ORDERS_END, "it is still PLACED, its deadline was " + order.deadline());
      return;
    }
    check(decisions.size() == 1, ORDERS_END, "it has " + decisions.size() + " decisions");
    decisions.stream().limit(1).forEach(decision -> decided(order, decision));
  }

  private void decided(Order order, HistoryStep decision) {
    Duration late = Duration.between(order.deadline(), decision.at());
    boolean excused = order.history().stream().anyMatch(HistoryStep::isResumedLate);
    check(
        late.compareTo(PROMISE) <= 0 || excused,
        ORDERS_END,
        "it was decided " + late.toMillis() + " ms after its deadline");
    boolean stands =
        decision.outcome().equals(order.status().name())
            || (decision.outcome().equals(OrderStatus.CONFIRMED.name())
                && order.status() != OrderStatus.REJECTED);
    check(stands, ORDERS_END, "it was " + decision.outcome() + " and is " + order.status());
    Trail.Decision mongo = new Trail.Decision(decision.at(), decision.outcome());
    boolean told = facts.trail().flatMap(Trail::decision).map(mongo::equals).orElse(true);
    check(told, ORDERS_END, "MongoDB and orders tell of different decisions");
  }

  // ---- 2 and 3: goods and money, by the newest state of the order

  private boolean isNewest(Order order) {
    return facts.trail().map(trail -> trail.version() <= order.version()).orElse(true);
  }

  private void goodsAndMoney(Order order) {
    Phase phase = Phase.of(order.status());
    if (phase == Phase.SOLD) {
      check(!facts.reservations().isEmpty(), STOCK_ADDS_UP, "item has reserved nothing for it");
      check(!facts.payments().isEmpty(), MONEY_ADDS_UP, "payment knows nothing of it");
    }
    facts.reservations().forEach(reservation -> goods(order, phase, reservation));
    facts.payments().forEach(payment -> money(order, phase, payment));
  }

  private void goods(Order order, Phase phase, Reservation item) {
    boolean open = !item.held().isEmpty() && !item.committed() && !item.released();
    switch (phase) {
      case OPEN -> {}
      case SOLD -> {
        Map<Long, Long> ordered =
            order.purchase().lines().stream()
                .collect(
                    Collectors.groupingBy(
                        Line::listingId, TreeMap::new, summingLong(Line::quantity)));
        check(
            ordered.equals(item.held()),
            STOCK_ADDS_UP,
            "item reserved " + new TreeMap<>(item.held()) + " for it, ordered is " + ordered);
        check(item.committed(), STOCK_ADDS_UP, "item has not sold it");
        check(!item.released(), STOCK_ADDS_UP, "item has taken it back");
      }
      case OVER -> {
        check(!open, STORES_AGREE, "item holds goods for it");
        check(
            !item.committed() || item.released(), STOCK_ADDS_UP, "item sold it and keeps it sold");
      }
      case RETURNED ->
          check(item.committed() && item.released(), STOCK_ADDS_UP, "item has not taken it back");
    }
  }

  private void money(Order order, Phase phase, Payment payment) {
    long net = payment.captured() - payment.refunded();
    check(
        payment.charged() == net,
        MONEY_ADDS_UP,
        "%s says that %d is paid, its ledger %d"
            .formatted(payment.state(), payment.charged(), net));
    boolean moving =
        payment.openSteps() > 0
            && payment.openSince().map(since -> since.plus(UNDER_WAY).isAfter(now)).orElse(false);
    if (moving || phase == Phase.OPEN) {
      return;
    }
    check(
        payment.total().equals(order.purchase().total()),
        MONEY_ADDS_UP,
        "payment asks for %s, the order for %s"
            .formatted(payment.total(), order.purchase().total()));
    long due =
        phase == Phase.SOLD ? order.purchase().total().amount() - payment.refundedByHand() : 0;
    check(net == due, MONEY_ADDS_UP, "%d is paid, %d is due".formatted(net, due));
    check(
        phase == Phase.SOLD || payment.authorized() == 0,
        STORES_AGREE,
        "payment holds " + payment.authorized() + " for it");
  }

  // ---- 4: the stores say the same

  private void stores() {
    if (facts.view().isEmpty()) {
      String known = facts.trail().isPresent() ? "orders tells of it" : "item or payment knows it";
      add(STORES_AGREE, known + ", MongoDB does not");
    } else if (facts.trail().isEmpty()) {
      check(!facts.trailWhole(), STORES_AGREE, "MongoDB has it, orders does not tell of it");
    } else {
      versions(facts.view().get(), facts.trail().get());
    }
  }

  private void versions(Order view, Trail trail) {
    if (view.version() != trail.version()) {
      add(
          STORES_AGREE,
          "MongoDB has version %d, orders %d".formatted(view.version(), trail.version()));
    } else {
      check(
          Trail.content(view) == trail.content(),
          STORES_AGREE,
          "MongoDB and orders differ in version " + view.version());
    }
  }

  // ---- 5: one key, one order

  private void identity() {
    facts.trail().flatMap(Trail::twice).ifPresent(how -> add(ONE_KEY_ONE_ORDER, how));
    boolean sameRequest =
        facts
            .trail()
            .flatMap(t -> facts.view().map(v -> v.purchase().requestHash().equals(t.requestHash())))
            .orElse(true);
    check(sameRequest, ONE_KEY_ONE_ORDER, "MongoDB and orders tell of different requests");
    check(
        facts.reservations().size() <= 1,
        ONE_KEY_ONE_ORDER,
        "item has reserved " + facts.reservations().size() + " times");
    check(
        facts.payments().size() <= 1,
        ONE_KEY_ONE_ORDER,
        "it has " + facts.payments().size() + " payments");
  }
}
