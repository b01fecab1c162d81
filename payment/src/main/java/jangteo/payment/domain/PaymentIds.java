package jangteo.payment.domain;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Ids that follow from what a payment is for, so that the same is never paid twice. */
public final class PaymentIds {

  private PaymentIds() {}

  /** The payment of an order. */
  public static UUID ofOrder(UUID orderId) {
    return named("order:" + orderId);
  }

  /** A deposit of a member under its idempotency key. */
  public static UUID ofDeposit(long memberId, String idempotencyKey) {
    return named("deposit:" + memberId + ":" + idempotencyKey);
  }

  /** A refund by hand, under the idempotency key of the admin who asks for it. */
  public static UUID ofRefund(UUID paymentId, long adminId, String idempotencyKey) {
    return named("refund:" + paymentId + ":" + adminId + ":" + idempotencyKey);
  }

  private static UUID named(String name) {
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }
}
