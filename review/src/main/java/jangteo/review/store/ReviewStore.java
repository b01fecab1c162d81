package jangteo.review.store;

import jangteo.chassis.data.DuplicateKeyException;
import jangteo.chassis.data.Row;
import jangteo.chassis.data.Sql;
import jangteo.chassis.data.Transaction;
import jangteo.review.domain.Listed;
import jangteo.review.domain.Ordering;
import jangteo.review.domain.Ordering.Position;
import jangteo.review.domain.Review;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table {@code reviews}, read together with the names of the members. */
public final class ReviewStore {

  private static final String LISTED =
      """
      SELECT r.*, n.name AS member_name
      FROM reviews r LEFT JOIN member_names n ON n.member_id = r.member_id
      """;

  /**
   * Adds a review.
   *
   * @throws DuplicateKeyException when the member has reviewed the product before
   */
  public void add(Transaction tx, Review review) {
    tx.execute(
        """
        INSERT INTO reviews (review_id, product_id, member_id, rating, title, text, helpful,
                             seller_reply, state, version, created_at, updated_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        review.id(),
        review.productId(),
        review.memberId(),
        review.rating(),
        review.title(),
        review.text(),
        review.helpful(),
        review.sellerReply(),
        review.state(),
        review.version(),
        review.createdAt(),
        review.updatedAt());
  }

  /** A visible review; empty when there is none with this id. */
  public Optional<Listed> visible(Sql sql, UUID reviewId) {
    return sql.one(LISTED + "WHERE r.review_id = ? AND r.state = 'VISIBLE'", reviewId)
        .map(ReviewStore::listed);
  }

  /** At most {@code limit} visible reviews of a product, from after the position on. */
  public List<Listed> page(
      Sql sql, long productId, Ordering ordering, Optional<Position> after, int limit) {
    List<@Nullable Object> args = new ArrayList<>();
    args.add(productId);
    String from = after.map(position -> after(ordering, position, args)).orElse("");
    args.add(limit);
    return sql
        .all(
            LISTED
                + "WHERE r.product_id = ? AND r.state = 'VISIBLE'"
                + from
                + orderBy(ordering)
                + " LIMIT ?",
            args.toArray())
        .stream()
        .map(ReviewStore::listed)
        .toList();
  }

  private static String orderBy(Ordering ordering) {
    return switch (ordering) {
      case NEWEST -> " ORDER BY r.created_at DESC, r.review_id DESC";
      case BEST -> " ORDER BY r.rating DESC, r.created_at DESC, r.review_id DESC";
      case WORST -> " ORDER BY r.rating ASC, r.created_at DESC, r.review_id DESC";
    };
  }

  /** The condition of a key-set page: never an offset, which would skip and repeat under writes. */
  private static String after(Ordering ordering, Position position, List<@Nullable Object> args) {
    String older = "(r.created_at < ? OR (r.created_at = ? AND r.review_id < ?))";
    if (ordering != Ordering.NEWEST) {
      args.add(position.rating());
      args.add(position.rating());
    }
    args.add(position.createdAt());
    args.add(position.createdAt());
    args.add(position.id());
    return switch (ordering) {
      case NEWEST -> " AND " + older;
      case BEST -> " AND (r.rating < ? OR (r.rating = ? AND " + older + "))";
      case WORST -> " AND (r.rating > ? OR (r.rating = ? AND " + older + "))";
    };
  }

  private static Listed listed(Row row) {
    Review review =
        new Review(
            row.uuid("review_id"),
            row.whole("product_id"),
            row.whole("member_id"),
            (int) row.whole("rating"),
            row.text("title"),
            row.text("text"),
            row.whole("helpful"),
            row.maybeText("seller_reply"),
            row.choice("state", Review.State.class),
            row.whole("version"),
            row.instant("created_at"),
            row.instant("updated_at"));
    return new Listed(review, row.maybeText("member_name"));
  }
}
