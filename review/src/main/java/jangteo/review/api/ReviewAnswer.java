package jangteo.review.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import jangteo.chassis.web.EntityTag;
import jangteo.review.domain.Listed;
import jangteo.review.domain.Review;
import java.time.Instant;
import java.util.Optional;

/** A review as a client sees it (design, section 4); {@code null} where there is nothing. */
@JsonInclude(JsonInclude.Include.ALWAYS)
record ReviewAnswer(
    String reviewId,
    String productId,
    Optional<String> memberName,
    int rating,
    String title,
    String text,
    long helpful,
    Optional<String> sellerReply,
    Review.State state,
    Instant createdAt,
    long version) {

  static ReviewAnswer of(Listed listed) {
    Review review = listed.review();
    return new ReviewAnswer(
        review.id().toString(),
        Long.toString(review.productId()),
        listed.memberName(),
        review.rating(),
        review.title(),
        review.text(),
        review.helpful(),
        review.sellerReply(),
        review.state(),
        review.createdAt(),
        review.version());
  }

  /** The {@code ETag} of a review; its votes are no part of it. */
  static String tag(Review review) {
    return EntityTag.of(review.version()).toString();
  }
}
