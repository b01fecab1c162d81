package jangteo.order.audit;

import jangteo.order.domain.Money;
import jangteo.order.domain.Order;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the stores say; each record was read as one by the service that owns it. */
public final class Facts {

  private Facts() {}

  /**
   * All that is known of an order.
   *
   * @param view the read model in MongoDB
   * @param trail the topic {@code orders}
   * @param trailWhole whether the topic still has its beginning, so that an order without records
   *     is one too many
   * @param reservations what item has recorded; more than one is one too many
   * @param payments what payment has recorded; the same
   */
  public record OrderCase(
      String orderId,
      Optional<Order> view,
      Optional<Trail> trail,
      boolean trailWhole,
      List<Reservation> reservations,
      List<Payment> payments) {}

  /**
   * What item has recorded of an order.
   *
   * @param held pieces by listing id, empty when nothing was ever reserved
   */
  public record Reservation(
      String orderId, Map<Long, Long> held, boolean committed, boolean released) {}

  /**
   * The payment of an order.
   *
   * @param authorized what is held and neither taken nor let go
   * @param charged what the buyer has paid, as the payment's state says
   * @param captured what was taken in all, as the ledger says
   * @param refunded what was given back in all, as the ledger says
   * @param refundedByHand what of it was given back by hand while the order went on
   * @param openSteps steps that wait or are under way
   * @param openSince since when the oldest of them does
   */
  public record Payment(
      String paymentId,
      String orderId,
      String state,
      Money total,
      long authorized,
      long charged,
      long captured,
      long refunded,
      long refundedByHand,
      int openSteps,
      Optional<Instant> openSince) {}

  /** One seller's listing of a product, as item has it and as search has it. */
  public record ListingCase(
      long productId, long sellerId, Optional<Stock> stock, Optional<Offer> offer) {}

  /**
   * What item and search both say of a listing.
   *
   * @param version of price and status
   * @param sequence grows with every change
   */
  public record Offer(
      long listingId, Money price, String status, long available, long version, long sequence) {}

  /**
   * A listing's stock.
   *
   * @param offer what search is to show of it
   * @param heldByOrders what its orders hold by item's record of their steps
   */
  public record Stock(
      Offer offer,
      long initial,
      long adjusted,
      long restocked,
      long onHand,
      long reserved,
      long sold,
      long heldByOrders,
      long soldToOrders,
      long returnedByOrders) {}

  /**
   * The ledger and the wallets.
   *
   * @param sums of all lines, per currency
   */
  public record Ledger(
      List<Money> sums,
      long entries,
      List<Unbalanced> unbalanced,
      long wallets,
      List<Mismatch> mismatches) {}

  /** An entry whose lines do not sum to 0. */
  public record Unbalanced(String paymentId, Optional<String> orderId, long sum) {}

  /** A wallet that says another thing than its accounts. */
  public record Mismatch(long memberId, String currency, long balanceOff, long heldOff) {}
}
