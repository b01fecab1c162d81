package jangteo.review.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import jangteo.review.domain.Moderated;
import jangteo.review.domain.Moderation;
import jangteo.review.domain.Report;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A review as an admin sees it: who wrote it, how it stands, and what was said against it. */
@JsonInclude(JsonInclude.Include.ALWAYS)
record ModeratedAnswer(
    String reviewId,
    String productId,
    String memberId,
    Optional<String> memberName,
    int rating,
    String title,
    String text,
    long helpful,
    Optional<String> sellerReply,
    Moderation state,
    long openReports,
    List<ReportAnswer> reports,
    Instant createdAt,
    long version) {

  static ModeratedAnswer of(Moderated moderated) {
    ReviewAnswer review = ReviewAnswer.of(moderated.listed());
    return new ModeratedAnswer(
        review.reviewId(),
        review.productId(),
        Long.toString(moderated.listed().review().memberId()),
        review.memberName(),
        review.rating(),
        review.title(),
        review.text(),
        review.helpful(),
        review.sellerReply(),
        moderated.moderation(),
        moderated.openReports(),
        moderated.reports().stream().map(ReportAnswer::of).toList(),
        review.createdAt(),
        review.version());
  }

  /** Why a member reported it. */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record ReportAnswer(
      String memberId, Optional<String> memberName, String reason, Instant createdAt) {

    static ReportAnswer of(Report report) {
      return new ReportAnswer(
          Long.toString(report.memberId()), report.memberName(), report.reason(), report.at());
    }
  }
}
