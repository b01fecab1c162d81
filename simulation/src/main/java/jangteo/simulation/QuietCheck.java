package jangteo.simulation;

import jangteo.item.domain.Listing;
import jangteo.item.domain.Stock;
import jangteo.order.domain.GoodsStatus;
import jangteo.order.domain.Line;
import jangteo.order.domain.Order;
import jangteo.order.domain.OrderStatus;
import jangteo.order.saga.SagaEvent;
import jangteo.payment.domain.Account;
import jangteo.payment.domain.JournalEntry;
import jangteo.payment.domain.Payment;
import jangteo.payment.domain.PaymentIds;
import jangteo.payment.domain.PaymentState;
import jangteo.payment.domain.Wallet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What must hold when nothing is under way any more (design, section 7). */
final class QuietCheck {
  private final World world;
  private final PaymentTables money;
  private final ItemTables goods;

  QuietCheck(World world) {
    this.world = world;
    this.money = world.payment().tables();
    this.goods = world.item().tables();
  }

  void check() {
    world.watch().orders().values().forEach(this::order);
    for (SagaEvent.Command command : world.clients().sent()) {
      InvariantBroken.unless(world.watch().answered(command), "every command is answered", command);
    }
    goods.listings().forEach(this::listing);
    money.payments().forEach(this::payment);
    wallets();
    cards();
    InvariantBroken.unless(money.outbox().isEmpty(), "every answer has been sent", money.outbox());
  }

  private void order(Order announced) {
    Order order = world.order().find(announced.orderId()).orElseThrow();
    InvariantBroken.unless(
        order.status() == announced.status() && order.version() == announced.version(),
        "what is recorded is what was announced",
        order,
        announced);
    switch (order.status()) {
      case PLACED -> throw new InvariantBroken("every order is decided: " + order);
      case CONFIRMED, SHIPPED, DELIVERED -> forward(order);
      case REJECTED, CANCELLED, RETURNED -> undone(order);
    }
  }

  private void forward(Order order) {
    InvariantBroken.unless(
        money.netCaptured(order.orderId()) + money.refundedByHand(order.orderId())
            == order.purchase().total().amount(),
        "captured − refunded is the total of an order that goes forward",
        order);
    InvariantBroken.unless(
        goods.sold(order.orderId())
            && order.goods() == GoodsStatus.COMMITTED
            && order.payment() == jangteo.order.domain.PaymentStatus.CAPTURED,
        "order, item and payment agree",
        order);
  }

  private void undone(Order order) {
    InvariantBroken.unless(
        money.netCaptured(order.orderId()) == 0,
        "captured − refunded is 0 for an order that is over",
        order);
    InvariantBroken.unless(
        goods.open(order.orderId()).isEmpty(), "no reservation stays open", order);
    InvariantBroken.unless(
        !goods.sold(order.orderId())
            && (order.goods() == GoodsStatus.RELEASED || order.goods() == GoodsStatus.REJECTED)
            && agrees(order),
        "order, item and payment agree",
        order);
  }

  private boolean agrees(Order order) {
    Optional<PaymentState> state =
        money.payment(PaymentIds.ofOrder(order.orderId())).map(Payment::state);
    return switch (order.payment()) {
      case NONE, AUTHORIZED, CAPTURED -> false;
      case REJECTED -> state.filter(PaymentState.Rejected.class::isInstance).isPresent();
      case REFUNDED -> state.filter(PaymentState.Refunded.class::isInstance).isPresent();
      case VOIDED -> state.filter(s -> !(s instanceof PaymentState.Refunded)).isPresent();
    };
  }

  private void listing(Listing listing) {
    long kept = 0;
    for (Order order : world.watch().orders().values()) {
      if (goesForward(order)) {
        kept +=
            order.purchase().lines().stream()
                .filter(line -> line.listingId() == listing.id())
                .mapToLong(Line::quantity)
                .sum();
      }
    }
    Stock stock = listing.stock();
    InvariantBroken.unless(stock.reserved() == 0, "no reservation stays open", listing);
    InvariantBroken.unless(
        stock.sold() - stock.restocked() == kept,
        "what is sold is what orders go forward with",
        listing);
  }

  private static boolean goesForward(Order order) {
    return order.status() == OrderStatus.CONFIRMED
        || order.status() == OrderStatus.SHIPPED
        || order.status() == OrderStatus.DELIVERED;
  }

  private void payment(Payment payment) {
    InvariantBroken.unless(
        money.intents(payment.paymentId()).stream().noneMatch(PaymentTables.Row::open),
        "every step is done",
        payment);
    boolean over =
        switch (payment.state()) {
          case PaymentState.Rejected _,
              PaymentState.Expired _,
              PaymentState.Voided _,
              PaymentState.Captured _,
              PaymentState.Refunded _ ->
              true;
          case PaymentState.Requested _,
              PaymentState.Authorized _,
              PaymentState.Unresolved _,
              PaymentState.CaptureFailed _ ->
              false;
        };
    InvariantBroken.unless(over, "no authorisation stays open", payment);
  }

  private void wallets() {
    Map<String, Long> sums = new HashMap<>();
    long all = 0;
    for (JournalEntry entry : money.journal()) {
      for (JournalEntry.Line line : entry.lines()) {
        sums.merge(line.account().name(), line.amount(), Long::sum);
        all += line.amount();
      }
    }
    InvariantBroken.unless(all == 0, "the ledger sums to 0", sums);
    for (Wallet wallet : money.wallets()) {
      long member = wallet.memberId();
      InvariantBroken.unless(
          wallet.held() == 0
              && sums.getOrDefault(Account.held(member).name(), 0L) == 0
              && wallet.balance() - money.deposited(member)
                  == -sums.getOrDefault(Account.wallet(member).name(), 0L),
          "a wallet is what its ledger says, and nothing of it is set aside",
          wallet,
          sums);
    }
    long atProvider = world.provider().cards().stream().mapToLong(c -> c.taken - c.givenBack).sum();
    InvariantBroken.unless(
        sums.getOrDefault(Account.CARDS.name(), 0L) == atProvider,
        "the provider has what the ledger says",
        sums,
        atProvider);
  }

  private void cards() {
    for (CardProvider.Card card : world.provider().cards()) {
      InvariantBroken.unless(
          card.hold != CardProvider.Hold.HELD, "no authorisation stays open", card.token);
    }
  }
}
