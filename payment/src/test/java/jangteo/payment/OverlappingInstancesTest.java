package jangteo.payment;

import static jangteo.order.v1.OrderStatus.ORDER_STATUS_PLACED;
import static jangteo.payment.RunningPayment.card;
import static jangteo.payment.v1.PaymentOutcome.PAYMENT_OUTCOME_ACCEPTED;
import static jangteo.payment.v1.PaymentOutcome.PAYMENT_OUTCOME_VOIDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jangteo.order.v1.Order;
import jangteo.payment.domain.PaymentIds;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What another instance does at the wrong moment, done by hand. Both were found by {@code ./jangteo
 * simulate}: each left money held for an order that was over.
 */
class OverlappingInstancesTest {
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
  void aVoidWrittenByAnInstanceWhoseClockIsBehindDoesNotOvertakeTheAuthorisation() {
    Order order = card("tok_slow_8s");
    payment.say(order, ORDER_STATUS_PLACED);
    await().until(() -> attempts(order) == 1);

    payment.change(intents(intent(1, order, "VOIDING"))); // an id of long ago

    payment.expect(order, PAYMENT_OUTCOME_ACCEPTED, PAYMENT_OUTCOME_VOIDED);
    assertThat(state(order, "VOIDED")).isTrue();
  }

  @Test
  void aDecisionThatWasLeftLyingIsTakenAgainWhenAnotherInstanceHasBegunTheStep()
      throws SQLException {
    Order order = card("tok_ok");
    payment.change(requested(order));
    try (Connection elsewhere = payment.connect();
        Statement statement = elsewhere.createStatement()) {
      elsewhere.setAutoCommit(false);
      statement.executeQuery(
          "SELECT * FROM payments WHERE payment_id = '%s' FOR UPDATE".formatted(id(order)));
      // In one statement: no worker finds the one without the other.
      payment.change(intents(intent(3, order, "VOIDING"), intent(2, order, "AUTHORIZING")));
      // The order is over and nobody was asked: to be settled as EXPIRED, once the lock is free.
      await().until(() -> attempts(order) == 1);
      payment.change(
          "UPDATE intents SET attempts = 2 WHERE step = 'AUTHORIZING' AND payment_id = '%s'"
              .formatted(id(order)));
      elsewhere.rollback();
    }

    payment.expect(order, PAYMENT_OUTCOME_ACCEPTED, PAYMENT_OUTCOME_VOIDED);
    assertThat(state(order, "VOIDED")).isTrue();
  }

  private static UUID id(Order order) {
    return PaymentIds.ofOrder(UUID.fromString(order.getOrderId()));
  }

  private static long attempts(Order order) {
    return payment.number(
        "SELECT COALESCE(MAX(attempts), 0) FROM intents WHERE step = 'AUTHORIZING' AND payment_id = '%s'"
            .formatted(id(order)));
  }

  private static boolean state(Order order, String state) {
    return payment.number(
            "SELECT COUNT(*) FROM payments WHERE payment_id = '%s' AND state = '%s'"
                .formatted(id(order), state))
        == 1;
  }

  private static String intents(String... rows) {
    return """
        INSERT INTO intents (intent_id, payment_id, step, amount, currency, open, due_at, claimed_until,
                             created_at)
        VALUES\s"""
        + String.join(", ", rows);
  }

  private static String intent(int intentId, Order order, String step) {
    return "(%d, '%s', '%s', 12900, 'KRW', TRUE, '2026-01-01', '2026-01-01', '2026-01-01')"
        .formatted(intentId, id(order), step);
  }

  private static String requested(Order order) {
    return """
        INSERT INTO payments (payment_id, order_id, member_id, method, amount, currency, token,
                              state, reference, reason, deadline, created_at, updated_at)
        VALUES ('%s', '%s', 7, 'CARD', 12900, 'KRW', 'tok_ok',
                'REQUESTED', '', '', '2038-01-01', '2026-01-01', '2026-01-01')
        """
        .formatted(id(order), order.getOrderId());
  }
}
