package jangteo.review.store;

import jangteo.chassis.data.DuplicateKeyException;
import jangteo.chassis.data.Row;
import jangteo.chassis.data.Sql;
import jangteo.chassis.data.Transaction;
import jangteo.review.domain.Listed;
import jangteo.review.domain.Moderated;
import jangteo.review.domain.Moderation;
import jangteo.review.domain.Ordering;
import jangteo.review.domain.Ordering.Position;
import jangteo.review.domain.Review;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
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

  /** Writes what can change of a review, all but its count of votes. */
  public void save(Transaction tx, Review review) {
    tx.execute(
        """
        UPDATE reviews
        SET rating = ?, title = ?, text = ?, seller_reply = ?, state = ?, version = ?,
            updated_at = ?
        WHERE review_id = ?
        """,
        review.rating(),
        review.title(),
        review.text(),
        review.sellerReply(),
        review.state(),
        review.version(),
        review.updatedAt(),
        review.id());
  }

  /** Deletes a review. */
  public void remove(Transaction tx, UUID reviewId) {
    tx.execute("DELETE FROM reviews WHERE review_id = ?", reviewId);
  }

  /** Counts this many votes more. */
  public void addHelpful(Transaction tx, UUID reviewId, long more) {
    tx.execute("UPDATE reviews SET helpful = helpful + ? WHERE review_id = ?", more, reviewId);
  }

  /** Counts one open report more. */
  public void addReport(Transaction tx, UUID reviewId) {
    tx.execute("UPDATE reviews SET open_reports = open_reports + 1 WHERE review_id = ?", reviewId);
  }

  /** An admin has decided: no report is open any more. */
  public void closeReports(Transaction tx, UUID reviewId) {
    tx.execute("UPDATE reviews SET open_reports = 0 WHERE review_id = ?", reviewId);
  }

  /** A review, and nobody else changes it until the transaction ends. */
  public Optional<Review> lock(Transaction tx, UUID reviewId) {
    return tx.one("SELECT * FROM reviews WHERE review_id = ? FOR UPDATE", reviewId)
        .map(ReviewStore::review);
  }

  /** A review, hidden or not. */
  public Optional<Listed> find(Sql sql, UUID reviewId) {
    return sql.one(LISTED + "WHERE r.review_id = ?", reviewId).map(ReviewStore::listed);
  }

  /** A review as an admin sees it, without its reports. */
  public Optional<Moderated> findModerated(Sql sql, UUID reviewId) {
    return sql.one(LISTED + "WHERE r.review_id = ?", reviewId).map(ReviewStore::moderated);
  }

  /** At most {@code limit} visible reviews of a product, from after the position on. */
  public List<Listed> page(
      Sql sql, long productId, Ordering ordering, Optional<Position> after, int limit) {
    return page(
            sql,
            "r.product_id = ? AND r.state = 'VISIBLE'",
            List.of(productId),
            ordering,
            after,
            limit)
        .map(ReviewStore::listed)
        .toList();
  }

  /** At most {@code limit} reviews that a member wrote, hidden ones too, the newest first. */
  public List<Listed> ofMember(Sql sql, long memberId, Optional<Position> after, int limit) {
    return page(sql, "r.member_id = ?", List.of(memberId), Ordering.NEWEST, after, limit)
        .map(ReviewStore::listed)
        .toList();
  }

  /** At most {@code limit} reviews of all that stand so, without their reports, newest first. */
  public List<Moderated> moderated(
      Sql sql, Optional<Moderation> standing, Optional<Position> after, int limit) {
    return page(
            sql,
            standing.isPresent() ? "r.moderation = ?" : "TRUE",
            standing.stream().toList(),
            Ordering.NEWEST,
            after,
            limit)
        .map(ReviewStore::moderated)
        .toList();
  }

  private static Stream<Row> page(
      Sql sql,
      String which,
      List<?> values,
      Ordering ordering,
      Optional<Position> after,
      int limit) {
    List<@Nullable Object> args = new ArrayList<>(values);
    String from = after.map(position -> after(ordering, position, args)).orElse("");
    args.add(limit);
    String query = LISTED + "WHERE " + which + from + orderBy(ordering) + " LIMIT ?";
    return sql.all(query, args.toArray()).stream();
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

  private static Moderated moderated(Row row) {
    return new Moderated(
        listed(row),
        row.choice("moderation", Moderation.class),
        row.whole("open_reports"),
        List.of());
  }

  private static Listed listed(Row row) {
    return new Listed(review(row), row.maybeText("member_name"));
  }

  private static Review review(Row row) {
    return new Review(
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
  }
}
