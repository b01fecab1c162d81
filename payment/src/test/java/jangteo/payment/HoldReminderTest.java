package jangteo.payment;

import static jangteo.order.v1.OrderStatus.ORDER_STATUS_CANCELLED;
import static jangteo.order.v1.OrderStatus.ORDER_STATUS_CONFIRMED;
import static jangteo.order.v1.OrderStatus.ORDER_STATUS_PLACED;
import static jangteo.payment.v1.PaymentOutcome.PAYMENT_OUTCOME_ACCEPTED;
import static jangteo.payment.v1.PaymentOutcome.PAYMENT_OUTCOME_CAPTURED;
import static jangteo.payment.v1.PaymentOutcome.PAYMENT_OUTCOME_VOIDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jangteo.order.v1.Order;
import jangteo.order.v1.PaymentMethod;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Money that is held and of which nothing more was heard. */
class HoldReminderTest {

  private static RunningPayment payment;

  @BeforeAll
  static void start() {
    payment = RunningPayment.start("holds.remind-after", "PT1S");
  }

  @AfterAll
  static void stop() {
    payment.close();
  }

  @Test
  void isAnnouncedAgainAndAgainUntilTheOrderEnds() {
    Order order = dueNow();
    payment.say(order, ORDER_STATUS_PLACED);
    await().atMost(Duration.ofSeconds(20)).until(() -> payment.replies(order).size() >= 3);
    assertThat(payment.replies(order))
        .allSatisfy(reply -> assertThat(reply.getOutcome()).isEqualTo(PAYMENT_OUTCOME_ACCEPTED));
    payment.say(order, ORDER_STATUS_CANCELLED);
    payment.expectAmongOthers(order, PAYMENT_OUTCOME_VOIDED);
    assertThat(payment.number("SELECT COUNT(*) FROM payments WHERE remind_at IS NOT NULL"))
        .isZero();
  }

  @Test
  void isNotAnnouncedOnceItIsTaken() {
    Order taken = dueNow();
    payment.say(taken, ORDER_STATUS_PLACED);
    payment.say(taken, ORDER_STATUS_CONFIRMED);
    payment.expectAmongOthers(taken, PAYMENT_OUTCOME_CAPTURED);
    int told = payment.replies(taken).size();
    Order later = dueNow();
    payment.say(later, ORDER_STATUS_PLACED);
    await().atMost(Duration.ofSeconds(20)).until(() -> payment.replies(later).size() >= 3);
    assertThat(payment.replies(taken)).hasSize(told);
    payment.say(later, ORDER_STATUS_CANCELLED);
    payment.expectAmongOthers(later, PAYMENT_OUTCOME_VOIDED);
  }

  private static Order dueNow() {
    return RunningPayment.order(7, PaymentMethod.PAYMENT_METHOD_CARD, "tok_ok", Instant.now());
  }
}
