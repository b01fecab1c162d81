package jangteo.order.api;

import jangteo.chassis.web.Money;
import jangteo.chassis.web.Problem;
import jangteo.order.domain.Line;
import jangteo.order.domain.Order;
import jangteo.order.events.OrderFollower;
import jangteo.order.store.MemberNames;
import jangteo.order.store.MemberNames.Names;
import jangteo.order.store.OrderViews;
import jangteo.order.store.OrderViews.After;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/**
 * Orders as clients read them: the recent ones from memory, where a client sees at once what it has
 * just written, the others from MongoDB; with the names of buyer and sellers as they are now.
 */
public final class KnownOrders {
  private static final Comparator<Order> NEWEST_FIRST =
      Comparator.comparing(Order::placedAt)
          .thenComparing(order -> order.orderId().toString())
          .reversed();

  private final OrderFollower follower;
  private final OrderViews views;
  private final MemberNames names;
  private final BooleanSupplier caughtUp;
  private final BooleanSupplier storeAnswers;

  /**
   * Reads from these.
   *
   * @param caughtUp whether the follower has read the recent orders since this service began
   * @param storeAnswers whether MongoDB answers at the moment: names are left out rather than
   *     waited for
   */
  public KnownOrders(
      OrderFollower follower,
      BooleanSupplier caughtUp,
      OrderViews views,
      MemberNames names,
      BooleanSupplier storeAnswers) {
    this.follower = follower;
    this.caughtUp = caughtUp;
    this.views = views;
    this.names = names;
    this.storeAnswers = storeAnswers;
  }

  /**
   * An order that may be there already, sought at the price of not finding an older one while
   * MongoDB is away or slow.
   *
   * @throws jangteo.chassis.web.ProblemException 503 when there is one and what became of it cannot
   *     be known yet
   */
  Optional<Order> findPromptly(UUID orderId) {
    boolean newest = caughtUp.getAsBoolean();
    Optional<Order> known =
        follower
            .find(orderId)
            .or(() -> storeAnswers.getAsBoolean() ? views.findPromptly(orderId) : Optional.empty());
    if (known.isPresent() && !newest) {
      throw justStarted();
    }
    return known;
  }

  /**
   * The buyer's own order.
   *
   * @throws jangteo.chassis.web.ProblemException 404 when there is none, or it is another's; 503
   *     while that cannot be known yet
   */
  Order own(UUID orderId, long buyerId) {
    return find(orderId)
        .filter(order -> order.purchase().buyerId() == buyerId)
        .orElseThrow(KnownOrders::unknown);
  }

  /**
   * An order in which the seller has a line.
   *
   * @throws jangteo.chassis.web.ProblemException 404 when there is none, or it has no such line;
   *     503 while that cannot be known yet
   */
  Order sold(UUID orderId, long sellerId) {
    return find(orderId)
        .filter(order -> order.purchase().sells(sellerId))
        .orElseThrow(KnownOrders::unknown);
  }

  private Optional<Order> find(UUID orderId) {
    requireNewest();
    return follower.find(orderId).or(() -> views.find(orderId));
  }

  /**
   * What was told just before this service was ended is perhaps not in MongoDB yet, and what a
   * client has seen is never taken back: until the follower has it, nothing is said.
   */
  private void requireNewest() {
    if (!caughtUp.getAsBoolean()) {
      throw justStarted();
    }
  }

  private static RuntimeException justStarted() {
    return Problem.unavailable(
            "The service has just started and does not know the newest orders yet.",
            Duration.ofSeconds(1))
        .exception();
  }

  static RuntimeException unknown() {
    return Problem.notFound("There is no such order.").exception();
  }

  /** A buyer's orders, the newest first, at most {@code limit}. */
  List<Order> ofBuyer(long buyerId, Optional<After> after, int limit) {
    requireNewest();
    return newest(views.ofBuyer(buyerId, after, limit), follower.ofBuyer(buyerId), after, limit);
  }

  /** The orders in which a seller has a line, the newest first, at most {@code limit}. */
  List<Order> ofSeller(long sellerId, Optional<After> after, int limit) {
    requireNewest();
    return newest(
        views.ofSeller(sellerId, after, limit), follower.ofSeller(sellerId), after, limit);
  }

  private static List<Order> newest(
      List<Order> stored, List<Order> recent, Optional<After> after, int limit) {
    Map<UUID, Order> all = new LinkedHashMap<>();
    stored.forEach(order -> all.put(order.orderId(), order));
    recent.stream()
        .filter(order -> after.isEmpty() || isAfter(order, after.get()))
        .forEach(
            order ->
                all.merge(order.orderId(), order, (a, b) -> b.version() >= a.version() ? b : a));
    return all.values().stream().sorted(NEWEST_FIRST).limit(limit).toList();
  }

  private static boolean isAfter(Order order, After last) {
    int time = order.placedAt().compareTo(last.placedAt());
    return time < 0
        || (time == 0 && order.orderId().toString().compareTo(last.orderId().toString()) < 0);
  }

  /** With names. */
  OrderAnswer answer(Order order) {
    return answers(List.of(order)).getFirst();
  }

  /** With names, which are read at once for all. */
  List<OrderAnswer> answers(List<Order> orders) {
    Set<Long> members = new HashSet<>();
    for (Order order : orders) {
      members.add(order.purchase().buyerId());
      order.purchase().lines().forEach(line -> members.add(line.sellerId()));
    }
    Map<Long, Names> known =
        storeAnswers.getAsBoolean() ? names.of(members) : names.recent(members);
    List<OrderAnswer> answers = new ArrayList<>();
    orders.forEach(order -> answers.add(answer(order, known)));
    return answers;
  }

  private static OrderAnswer answer(Order order, Map<Long, Names> known) {
    long buyer = order.purchase().buyerId();
    return new OrderAnswer(
        order.orderId().toString(),
        order.status().name(),
        shown(order.reason()),
        new OrderAnswer.Buyer(
            Long.toString(buyer),
            Optional.ofNullable(known.get(buyer)).map(Names::name).flatMap(KnownOrders::shown)),
        order.purchase().lines().stream().map(line -> answer(line, known)).toList(),
        answer(order.purchase().total()),
        new OrderAnswer.Payment(order.purchase().payment().method().name(), order.payment().name()),
        order.placedAt(),
        order.endedAt(),
        order.deadline(),
        order.version());
  }

  private static OrderAnswer.Line answer(Line line, Map<Long, Names> known) {
    return new OrderAnswer.Line(
        Long.toString(line.productId()),
        line.productName(),
        Long.toString(line.listingId()),
        Long.toString(line.sellerId()),
        Optional.ofNullable(known.get(line.sellerId()))
            .map(Names::shopName)
            .flatMap(KnownOrders::shown),
        line.quantity(),
        answer(line.price()),
        line.fulfilment().name());
  }

  private static Money answer(jangteo.order.domain.Money money) {
    return new Money(money.amount(), money.currency());
  }

  private static Optional<String> shown(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }
}
