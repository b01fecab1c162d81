package jangteo.local.chaos;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The shop as it is in the quiet after the faults.
 *
 * @param orders of all buyers, by id
 * @param payments whose outcome is known, by order
 * @param offers as everybody sees them, by product
 * @param wallets by buyer
 * @param audit what the shop's own audit finds
 */
record Aftermath(
    Map<String, Order> orders,
    Map<String, List<Payment>> payments,
    Map<String, Offer> offers,
    Map<String, Wallet> wallets,
    Audit audit) {

  /** An order. Amounts are in minor units. */
  record Order(Sight sight, String buyer, List<Line> lines, long total, String method) {
    private static final Set<String> SOLD = Set.of("CONFIRMED", "SHIPPED", "DELIVERED");

    /** Whether the buyer has or gets the goods, for money. */
    boolean isSold() {
      return SOLD.contains(sight.status());
    }
  }

  /**
   * One line of an order.
   *
   * @param seller by name
   * @param price of one piece
   */
  record Line(String productId, String seller, long quantity, long price, String fulfilment) {}

  /** What of a product can be bought now, and for how much. */
  record Offer(long available, long price) {}

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
