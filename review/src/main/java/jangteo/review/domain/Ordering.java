package jangteo.review.domain;

import java.time.Instant;
import java.util.UUID;

/** The orders in which a product's reviews can be listed; equal ratings come newest first. */
public enum Ordering {
  /** The newest first. */
  NEWEST,
  /** Five stars first. */
  BEST,
  /** One star first. */
  WORST;

  /** Where in the list a review stands. */
  public record Position(int rating, Instant createdAt, UUID id) {

    /** The place of this review. */
    public static Position of(Review review) {
      return new Position(review.rating(), review.createdAt(), review.id());
    }
  }
}
