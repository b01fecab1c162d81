package jangteo.review.api;

import jangteo.chassis.web.Validation;
import jangteo.review.domain.Review;
import org.jspecify.annotations.Nullable;

/** The body of a review that is written, and what a PATCH changes of it. */
record ReviewBody(@Nullable Long rating, @Nullable String title, @Nullable String text) {

  private static final int LONGEST_TITLE = 100;
  private static final int LONGEST_TEXT = 5000;

  static ReviewBody of(Review.Opinion opinion) {
    return new ReviewBody((long) opinion.rating(), opinion.title(), opinion.text());
  }

  /** The opinion; 422 that names every wrong field. */
  Review.Opinion validated() {
    Validation validation = new Validation();
    Review.Opinion opinion =
        new Review.Opinion(
            (int) validation.whole("rating", rating, 1, 5),
            validation.text("title", title, 1, LONGEST_TITLE),
            validation.text("text", text, 1, LONGEST_TEXT));
    validation.done();
    return opinion;
  }
}
