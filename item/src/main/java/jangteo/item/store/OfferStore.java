package jangteo.item.store;

import jangteo.chassis.data.Placeholders;
import jangteo.chassis.data.Row;
import jangteo.chassis.data.Sql;
import jangteo.item.domain.Listing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Products with their listings, for buyers: one query, whatever is asked. */
public final class OfferStore {

  /**
   * A product and one of its listings.
   *
   * @param listing empty for a product that nobody lists; it then has one offer only
   */
  public record Offer(long productId, String productName, Optional<Listing> listing) {}

  /** All offers of the products that have one of the ids or, exactly, one of the names. */
  public List<Offer> of(Sql sql, Set<Long> productIds, Set<String> productNames) {
    List<String> branches = new ArrayList<>();
    List<Object> args = new ArrayList<>();
    // UNION, not OR: each branch has its index.
    if (!productIds.isEmpty()) {
      branches.add(
          "SELECT product_id, name FROM products WHERE erased_at IS NULL AND product_id IN "
              + Placeholders.list(productIds.size()));
      args.addAll(productIds);
    }
    if (!productNames.isEmpty()) {
      branches.add(
          "SELECT product_id, name FROM products WHERE erased_at IS NULL AND name IN "
              + Placeholders.list(productNames.size()));
      args.addAll(productNames);
    }
    if (branches.isEmpty()) {
      return List.of();
    }
    return sql
        .all(
            """
            SELECT p.product_id AS offered_id, p.name, l.*
            FROM (%s) p LEFT JOIN listings l ON l.product_id = p.product_id AND l.erased_at IS NULL
            """
                .formatted(String.join(" UNION ", branches)),
            args.toArray())
        .stream()
        .map(OfferStore::offer)
        .toList();
  }

  private static Offer offer(Row row) {
    return new Offer(
        row.whole("offered_id"),
        row.text("name"),
        row.maybeWhole("listing_id").map(id -> ListingStore.listing(row)));
  }
}
