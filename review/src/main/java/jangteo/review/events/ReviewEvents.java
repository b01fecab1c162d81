package jangteo.review.events;

import jangteo.chassis.events.Event;
import jangteo.chassis.events.ProtoTime;
import jangteo.review.domain.Review;
import jangteo.review.domain.StarCounts;
import jangteo.review.v1.RatingCounts;
import jangteo.review.v1.ReviewChanged;
import java.time.Instant;

/** What the topic {@code reviews} is told: no text, which stays with this service. */
public final class ReviewEvents {

  private ReviewEvents() {}

  /** A review as it is now, with the product's counts as of the same change. */
  public static Event changed(Review review, StarCounts counts) {
    ReviewChanged message =
        ReviewChanged.newBuilder()
            .setReviewId(review.id().toString())
            .setVersion(review.version())
            .setProductId(review.productId())
            .setMemberId(review.memberId())
            .setRating(review.rating())
            .setVisible(review.state() == Review.State.VISIBLE)
            .setProductRating(rating(counts))
            .setUpdatedAt(ProtoTime.of(review.updatedAt()))
            .build();
    return Event.of("reviews", message.getReviewId(), message).withVersion(review.version());
  }

  /**
   * A review that is no more, with the product's counts without it. No tombstone: the record stays
   * in the topic, for it may be the only one that has the newest counts.
   */
  public static Event deleted(Review review, StarCounts counts, Instant at) {
    long version = review.version() + 1;
    ReviewChanged message =
        ReviewChanged.newBuilder()
            .setReviewId(review.id().toString())
            .setVersion(version)
            .setProductId(review.productId())
            .setVisible(false)
            .setDeleted(true)
            .setProductRating(rating(counts))
            .setUpdatedAt(ProtoTime.of(at))
            .build();
    return Event.of("reviews", message.getReviewId(), message).withVersion(version);
  }

  private static RatingCounts rating(StarCounts counts) {
    return RatingCounts.newBuilder()
        .setProductId(counts.productId())
        .setVersion(counts.version())
        .setOne(counts.one())
        .setTwo(counts.two())
        .setThree(counts.three())
        .setFour(counts.four())
        .setFive(counts.five())
        .build();
  }
}
