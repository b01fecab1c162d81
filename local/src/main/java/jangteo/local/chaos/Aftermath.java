package jangteo.local.chaos;

import java.util.List;
import java.util.Map;

/**
 * The shop as it is in the quiet after the faults.
 *
 * @param orders of all buyers, by id
 * @param payments whose outcome is known, by order
 * @param available what can be bought now, by product
 * @param wallets by buyer
 * @param audit what the shop's own audit finds
 */
record Aftermath(
    Map<String, Order> orders,
    Map<String, List<Payment>> payments,
    Map<String, Long> available,
    Map<String, Wallet> wallets,
    Audit audit) {

  /** An order. Amounts are in minor units. */
  record Order(Sight sight, String buyer, List<Line> lines, long total, String method) {}

  /** One line of an order, or of what is to be ordered. */
  record Line(String productId, long quantity) {}

  /** A payment. */
  record Payment(String paymentId, String status, long amount) {}

  /** A wallet: its balance, and the sum of its entries. */
  record Wallet(long balance, long entries) {}

  /**
   * What {@code GET /api/v1/admin/audit} finds.
   *
   * @param broken the invariants that do not hold, each with the ids that it names
   */
  record Audit(Map<String, List<String>> broken) {}
}
