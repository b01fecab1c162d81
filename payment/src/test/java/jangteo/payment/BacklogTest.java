package jangteo.payment;

import static jangteo.order.v1.OrderStatus.ORDER_STATUS_CANCELLED;
import static jangteo.order.v1.OrderStatus.ORDER_STATUS_PLACED;
import static jangteo.payment.v1.PaymentOutcome.PAYMENT_OUTCOME_EXPIRED;
import static jangteo.payment.v1.PaymentOutcome.PAYMENT_OUTCOME_VOIDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jangteo.order.v1.Order;
import jangteo.order.v1.PaymentMethod;
import jangteo.payment.v1.PaymentOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Payment comes back after the deadlines of what was placed meanwhile (design, section 7). */
class BacklogTest {

  private static final Logger LOG = LoggerFactory.getLogger(BacklogTest.class);
  private static final int ORDERS = 5_000;
  private static RunningPayment payment;

  @BeforeAll
  static void start() {
    payment = RunningPayment.start();
  }

  @AfterAll
  static void stop() {
    payment.close();
  }

  @Test
  void fiveThousandOrdersThatAreOverAreAnsweredAndNobodyIsCharged() {
    Instant past = Instant.now().minusSeconds(3);
    List<Order> late =
        Stream.generate(
                () -> RunningPayment.order(7, PaymentMethod.PAYMENT_METHOD_CARD, "tok_ok", past))
            .limit(ORDERS)
            .toList();

    payment.away(
        () -> {
          payment.say(late, ORDER_STATUS_PLACED);
          payment.say(late, ORDER_STATUS_CANCELLED);
        });
    long begun = System.nanoTime();
    await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(500))
        .until(
            () ->
                payment.outcomes().values().stream()
                        .filter(outcomes -> outcomes.contains(PAYMENT_OUTCOME_VOIDED))
                        .count()
                    == ORDERS);
    LOG.info(
        "{} late orders were answered and voided {} ms after payment was ready",
        ORDERS,
        Duration.ofNanos(System.nanoTime() - begun).toMillis());

    Map<String, List<PaymentOutcome>> outcomes = payment.outcomes();
    assertThat(outcomes).hasSize(ORDERS);
    assertThat(outcomes.values())
        .allSatisfy(
            each ->
                assertThat(each).containsExactly(PAYMENT_OUTCOME_EXPIRED, PAYMENT_OUTCOME_VOIDED));
    assertThat(payment.number("SELECT COUNT(*) FROM simulator_calls")).isZero();
    assertThat(payment.number("SELECT COUNT(*) FROM journal_lines")).isZero();
    assertThat(payment.number("SELECT COUNT(*) FROM intents WHERE open = TRUE")).isZero();
  }
}
