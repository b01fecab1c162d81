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
import jangteo.payment.v1.PaymentOutcome;
import jangteo.testkit.ServiceProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two instances share the work; one of them is killed in the middle of it. */
class TwoInstancesTest {

  private static final int ORDERS = 300;
  private static final Duration LONG = Duration.ofSeconds(90);
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
  void nothingIsLostOrDoneTwiceWhenOneIsKilled() {
    List<Order> orders = orders();
    try (ServiceProcess other = payment.another()) {
      await().atMost(LONG).until(other::ready);
      await().atMost(LONG).until(() -> payment.readers() == 2);
      payment.say(orders, ORDER_STATUS_PLACED);
      await().atMost(LONG).until(() -> answered(PAYMENT_OUTCOME_ACCEPTED) >= ORDERS / 10);
      other.kill();
      await().atMost(LONG).until(() -> answered(PAYMENT_OUTCOME_ACCEPTED) == ORDERS);
    }
    List<Order> paid = orders.subList(0, ORDERS / 2);
    List<Order> cancelled = orders.subList(ORDERS / 2, ORDERS);
    try (ServiceProcess other = payment.another()) {
      await().atMost(LONG).until(other::ready);
      await().atMost(LONG).until(() -> payment.readers() == 2);
      payment.say(paid, ORDER_STATUS_CONFIRMED);
      payment.say(cancelled, ORDER_STATUS_CANCELLED);
      await().atMost(LONG).until(() -> answered(PAYMENT_OUTCOME_CAPTURED) >= ORDERS / 20);
      other.kill();
      await().atMost(LONG).until(() -> answered(PAYMENT_OUTCOME_CAPTURED) == paid.size());
      await().atMost(LONG).until(() -> answered(PAYMENT_OUTCOME_VOIDED) == cancelled.size());
    }
    assertThat(payment.number("SELECT COUNT(*) FROM journal_entries WHERE kind = 'CAPTURE'"))
        .isEqualTo(paid.size());
    assertThat(payment.number("SELECT COUNT(*) FROM journal_entries")).isEqualTo(paid.size());
    assertThat(payment.number("SELECT SUM(amount) FROM journal_lines")).isZero();
    assertThat(payment.number("SELECT COUNT(*) FROM intents WHERE open = TRUE")).isZero();
    await().atMost(LONG).until(() -> payment.number("SELECT COUNT(*) FROM outbox") == 0);
    assertThat(payment.outcomes()).hasSize(ORDERS);
  }

  /** Some take a while, so that the one that is killed has calls under way. */
  private static List<Order> orders() {
    List<Order> orders = new ArrayList<>();
    for (int i = 0; i < ORDERS; i++) {
      orders.add(
          RunningPayment.order(
              7,
              PaymentMethod.PAYMENT_METHOD_CARD,
              i % 3 == 0 ? "tok_timeout_then_charged" : "tok_ok",
              Instant.now().plusSeconds(600)));
    }
    return orders;
  }

  private static long answered(PaymentOutcome outcome) {
    return payment.outcomes().values().stream().filter(each -> each.contains(outcome)).count();
  }
}
