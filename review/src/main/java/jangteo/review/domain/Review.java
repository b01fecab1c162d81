package jangteo.review.domain;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A member's review of a product.
 *
 * @param rating 1 to 5 stars
 * @param helpful how many members found it helpful
 * @param sellerReply what the seller answered
 * @param version grows by one with each change
 */
public record Review(
    UUID id,
    long productId,
    long memberId,
    int rating,
    String title,
    String text,
    long helpful,
    Optional<String> sellerReply,
    State state,
    long version,
    Instant createdAt,
    Instant updatedAt) {

  /** Whether everybody may see it. */
  public enum State {
    /** Shown and counted. */
    VISIBLE,
    /** Taken out by an admin: neither shown nor counted. */
    HIDDEN
  }

  /** Checks the rating. */
  public Review {
    if (rating < 1 || rating > 5) {
      throw new IllegalArgumentException("a rating is 1 to 5 stars, not " + rating);
    }
  }

  /** A new review, visible at once. */
  public static Review write(UUID id, long productId, long memberId, Opinion opinion, Instant at) {
    return new Review(
        id,
        productId,
        memberId,
        opinion.rating(),
        opinion.title(),
        opinion.text(),
        0,
        Optional.empty(),
        State.VISIBLE,
        1,
        at,
        at);
  }

  /** What its writer says. */
  public record Opinion(int rating, String title, String text) {}
}
