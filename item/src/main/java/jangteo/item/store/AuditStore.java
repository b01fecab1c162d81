package jangteo.item.store;

import com.fasterxml.jackson.core.type.TypeReference;
import jangteo.audit.v1.HeldLine;
import jangteo.audit.v1.ListingStock;
import jangteo.audit.v1.Reservation;
import jangteo.chassis.data.Placeholders;
import jangteo.chassis.data.Row;
import jangteo.chassis.data.Sql;
import jangteo.search.v1.ListingStatus;
import jangteo.type.v1.Money;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * Listings and steps of orders as the audit wants them: as they stand, past the rules of the
 * domain, which refuses to hold what is out of balance.
 */
public final class AuditStore {

  private static final TypeReference<List<StepStore.HeldLine>> HELD = new TypeReference<>() {};

  /**
   * One statement, and so one snapshot: a step and the stock that it moved are committed together
   * and are seen together. The price is that each page reads the steps of all orders.
   */
  private static final String LISTINGS =
      """
      SELECT l.*, COALESCE(o.held, 0) AS held_by_orders, COALESCE(o.sold, 0) AS sold_to_orders,
        COALESCE(o.returned, 0) AS returned_by_orders
      FROM listings l LEFT JOIN (
        SELECT line.listing_id,
          SUM(CASE WHEN c.order_id IS NULL AND x.order_id IS NULL THEN line.quantity ELSE 0 END) AS held,
          SUM(CASE WHEN c.order_id IS NULL THEN 0 ELSE line.quantity END) AS sold,
          SUM(CASE WHEN c.order_id IS NULL OR x.order_id IS NULL THEN 0 ELSE line.quantity END) AS returned
        FROM order_steps r
        CROSS JOIN JSON_TABLE(r.held, '$[*]' COLUMNS (
          listing_id BIGINT PATH '$.listingId', quantity BIGINT PATH '$.quantity')) AS line
        LEFT JOIN order_steps c ON c.order_id = r.order_id AND c.step = 'COMMIT'
        LEFT JOIN order_steps x ON x.order_id = r.order_id AND x.step = 'RELEASE'
        WHERE r.step = 'RESERVE' AND r.outcome = 'ACCEPTED'
        GROUP BY line.listing_id
      ) o ON o.listing_id = l.listing_id
      WHERE (%s) AND (? OR l.erased_at IS NULL)
      ORDER BY l.product_id, l.seller_id LIMIT ?
      """;

  private static final String RESERVATIONS =
      """
      SELECT o.order_id, r.held, c.order_id AS committed, x.order_id AS released
      FROM (SELECT DISTINCT order_id FROM order_steps WHERE %s ORDER BY order_id LIMIT ?) o
      LEFT JOIN order_steps r ON r.order_id = o.order_id AND r.step = 'RESERVE' AND r.outcome = 'ACCEPTED'
      LEFT JOIN order_steps c ON c.order_id = o.order_id AND c.step = 'COMMIT'
      LEFT JOIN order_steps x ON x.order_id = o.order_id AND x.step = 'RELEASE'
      ORDER BY o.order_id
      """;

  /**
   * A page of listings, in the order of product and seller.
   *
   * @param erased whether those of deleted products are among them
   */
  public List<ListingStock> listings(
      Sql sql, long afterProductId, long afterSellerId, boolean erased, int size) {
    return listings(
        sql.all(
            LISTINGS.formatted("l.product_id > ? OR (l.product_id = ? AND l.seller_id > ?)"),
            afterProductId,
            afterProductId,
            afterSellerId,
            erased,
            size));
  }

  /** All listings of these products, in the same order. */
  public List<ListingStock> listings(Sql sql, Collection<Long> productIds, boolean erased) {
    return listings(
        sql.all(
            LISTINGS.formatted("l.product_id IN " + Placeholders.list(productIds.size())),
            arguments(productIds, erased, Integer.MAX_VALUE)));
  }

  /** A page of orders, in the order of their ids. */
  public List<Reservation> reservations(Sql sql, String afterOrderId, int size) {
    return reservations(sql.all(RESERVATIONS.formatted("order_id > ?"), afterOrderId, size));
  }

  /** Those of these orders of which there is anything, in the same order. */
  public List<Reservation> reservations(Sql sql, Collection<String> orderIds) {
    return reservations(
        sql.all(
            RESERVATIONS.formatted("order_id IN " + Placeholders.list(orderIds.size())),
            arguments(orderIds, orderIds.size())));
  }

  private static Object[] arguments(Collection<?> ids, Object... others) {
    return Stream.concat(ids.stream(), Arrays.stream(others)).toArray();
  }

  private static List<ListingStock> listings(List<Row> rows) {
    return rows.stream().map(AuditStore::listing).toList();
  }

  private static ListingStock listing(Row row) {
    return ListingStock.newBuilder()
        .setListingId(row.whole("listing_id"))
        .setProductId(row.whole("product_id"))
        .setSellerId(row.whole("seller_id"))
        .setPrice(
            Money.newBuilder()
                .setAmount(row.whole("price_amount"))
                .setCurrency(row.text("price_currency")))
        .setStatus(ListingStatus.valueOf("LISTING_STATUS_" + row.text("status")))
        .setVersion(row.whole("version"))
        .setSequence(row.whole("sequence"))
        .setInitial(row.whole("initial"))
        .setAdjusted(row.whole("adjusted"))
        .setRestocked(row.whole("restocked"))
        .setOnHand(row.whole("on_hand"))
        .setReserved(row.whole("reserved"))
        .setSold(row.whole("sold"))
        .setHeldByOrders(row.whole("held_by_orders"))
        .setSoldToOrders(row.whole("sold_to_orders"))
        .setReturnedByOrders(row.whole("returned_by_orders"))
        .setErased(row.maybeInstant("erased_at").isPresent())
        .build();
  }

  private static List<Reservation> reservations(List<Row> rows) {
    return rows.stream().map(AuditStore::reservation).toList();
  }

  private static Reservation reservation(Row row) {
    Reservation.Builder reservation =
        Reservation.newBuilder()
            .setOrderId(row.text("order_id"))
            .setCommitted(row.maybeText("committed").isPresent())
            .setReleased(row.maybeText("released").isPresent());
    row.maybeText("held")
        .map(held -> JsonColumn.read(held, HELD))
        .ifPresent(lines -> lines.forEach(line -> reservation.addHeld(held(line))));
    return reservation.build();
  }

  private static HeldLine held(StepStore.HeldLine line) {
    return HeldLine.newBuilder()
        .setListingId(line.listingId())
        .setQuantity(line.quantity())
        .build();
  }
}
