package jangteo.order.saga;

import jangteo.order.domain.GoodsStatus;
import jangteo.order.domain.Order;
import jangteo.order.domain.PaymentStatus;
import jangteo.order.saga.OrderState.Undone;
import java.time.Instant;

/** What is said of the goods and the money of an order that is over. */
final class Undoing {

  private Undoing() {}

  /** Goods or money are back where they were. */
  static Transition back(Undone it, GoodsStatus goods, PaymentStatus money, Instant now) {
    Order next = told(it.order(), goods, money, now);
    boolean news = next.goods() != it.order().goods() || next.payment() != it.order().payment();
    return news
        ? Transition.announce(OrderState.of(next.change(now).announced().done()))
        : Transition.still(it);
  }

  /** Somebody holds goods or money of an order that is over: the decision is said again. */
  static Transition tooLate(Undone it, GoodsStatus goods, PaymentStatus money, Instant now) {
    return Transition.announce(OrderState.of(told(it.order(), goods, money, now)));
  }

  private static Order told(Order order, GoodsStatus goods, PaymentStatus money, Instant now) {
    Order.Change change = order.change(now).goods(goods).payment(money);
    switch (goods) {
      case RESERVED -> change.stepOnce("item", "RESERVE", "ACCEPTED", "");
      case COMMITTED -> change.stepOnce("item", "COMMIT", "COMMITTED", "");
      case RELEASED -> change.stepOnce("item", "RELEASE", "RELEASED", "");
      case NONE, REJECTED -> {}
    }
    switch (money) {
      case AUTHORIZED -> change.stepOnce("payment", "AUTHORIZE", "ACCEPTED", "");
      case CAPTURED -> change.stepOnce("payment", "CAPTURE", "CAPTURED", "");
      case VOIDED -> change.stepOnce("payment", "VOID", "VOIDED", "");
      case REFUNDED -> change.stepOnce("payment", "REFUND", "REFUNDED", "");
      case NONE, REJECTED -> {}
    }
    return change.done();
  }
}
