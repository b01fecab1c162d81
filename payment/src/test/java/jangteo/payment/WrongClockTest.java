package jangteo.payment;

import static jangteo.order.v1.OrderStatus.ORDER_STATUS_CANCELLED;
import static jangteo.order.v1.OrderStatus.ORDER_STATUS_PLACED;
import static jangteo.payment.v1.PaymentOutcome.PAYMENT_OUTCOME_ACCEPTED;
import static jangteo.payment.v1.PaymentOutcome.PAYMENT_OUTCOME_EXPIRED;
import static jangteo.payment.v1.PaymentOutcome.PAYMENT_OUTCOME_VOIDED;
import static org.assertj.core.api.Assertions.assertThat;

import jangteo.order.v1.Order;
import jangteo.order.v1.PaymentMethod;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/**
 * Payment's clock is not order's: an order's five seconds and the tolerance of two bear six
 * (design, section 7).
 */
class WrongClockTest {

  private static Order due(int inSeconds) {
    Instant deadline = Instant.now().plusSeconds(inSeconds);
    return RunningPayment.order(7, PaymentMethod.PAYMENT_METHOD_CARD, "tok_ok", deadline);
  }

  @Test
  void sixSecondsAheadItStillAuthorisesAndAsksNobodyForWhatIsOver() {
    try (RunningPayment payment = RunningPayment.start("clock.offset", "PT6S")) {
      Order first = due(60);
      payment.say(first, ORDER_STATUS_PLACED);
      payment.expect(first, PAYMENT_OUTCOME_ACCEPTED); // from here on an order is taken up at once
      Order inTime = due(5);
      Order over = due(-3);

      payment.say(inTime, ORDER_STATUS_PLACED);
      payment.say(over, ORDER_STATUS_PLACED);

      payment.expect(inTime, PAYMENT_OUTCOME_ACCEPTED);
      payment.expect(over, PAYMENT_OUTCOME_EXPIRED);
      assertThat(payment.number("SELECT COUNT(*) FROM simulator_calls")).isEqualTo(2);
    }
  }

  @Test
  void sixSecondsBehindItTakesUpWhatIsOverAndGivesItBack() {
    try (RunningPayment payment = RunningPayment.start("clock.offset", "PT-6S")) {
      Order over = due(-3);
      payment.say(over, ORDER_STATUS_PLACED);
      payment.expect(over, PAYMENT_OUTCOME_ACCEPTED);

      payment.say(over, ORDER_STATUS_CANCELLED);

      payment.expect(over, PAYMENT_OUTCOME_ACCEPTED, PAYMENT_OUTCOME_VOIDED);
    }
  }
}
