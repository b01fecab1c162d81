package jangteo.review.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import jangteo.chassis.web.Page;
import jangteo.review.domain.StarCounts;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A page of a product's reviews, with the counts over all of them. */
record ReviewsAnswer(
    List<ReviewAnswer> items,
    @JsonInclude(JsonInclude.Include.ALWAYS) Optional<String> nextCursor,
    RatingAnswer rating) {

  static ReviewsAnswer of(List<ReviewAnswer> items, Optional<String> next, StarCounts counts) {
    return new ReviewsAnswer(items, next.map(Page::encode), RatingAnswer.of(counts));
  }

  /** The shape that a product's rating has everywhere. */
  record RatingAnswer(BigDecimal average, long count, Map<String, Long> stars) {

    static RatingAnswer of(StarCounts counts) {
      Map<String, Long> stars = new LinkedHashMap<>();
      stars.put("1", counts.one());
      stars.put("2", counts.two());
      stars.put("3", counts.three());
      stars.put("4", counts.four());
      stars.put("5", counts.five());
      return new RatingAnswer(counts.average(), counts.count(), stars);
    }
  }
}
