package jangteo.review.api;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import jangteo.chassis.data.Answer;
import jangteo.chassis.data.IdempotencyKeys;
import jangteo.chassis.data.Transaction;
import jangteo.chassis.web.Access;
import jangteo.chassis.web.Body;
import jangteo.chassis.web.Caller;
import jangteo.chassis.web.EntityTag;
import jangteo.chassis.web.PathParameters;
import jangteo.chassis.web.Problem;
import jangteo.review.domain.Review;
import jangteo.review.store.PurchaseStore;
import jangteo.review.store.ReportStore;
import jangteo.review.store.ReviewStore;
import jangteo.review.store.VoteStore;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/** What others do with a review: find it helpful, report it, and the seller replies. */
public final class ReactionsApi implements HttpService {

  private final IdempotencyKeys keys;
  private final Clock clock;
  private final ReviewStore reviews;
  private final VoteStore votes;
  private final ReportStore reports;
  private final PurchaseStore purchases;
  private final Changing changing;

  /** The calls over these stores. */
  public ReactionsApi(
      IdempotencyKeys keys,
      Clock clock,
      ReviewStore reviews,
      VoteStore votes,
      ReportStore reports,
      PurchaseStore purchases,
      Changing changing) {
    this.keys = keys;
    this.clock = clock;
    this.reviews = reviews;
    this.votes = votes;
    this.reports = reports;
    this.purchases = purchases;
    this.changing = changing;
  }

  @Override
  public void routing(HttpRules rules) {
    rules
        .post("/api/v1/reviews/{reviewId}/helpful", Access.member(), this::vote)
        .delete("/api/v1/reviews/{reviewId}/helpful", Access.member(), this::takeBack)
        .post("/api/v1/reviews/{reviewId}/report", Access.member(), this::report)
        .put("/api/v1/reviews/{reviewId}/reply", Access.role("SELLER"), this::reply);
  }

  private void vote(ServerRequest request, ServerResponse response) {
    UUID reviewId = PathParameters.uuid(request, "reviewId");
    Caller caller = Access.caller(request);
    keys.answer(
        request,
        response,
        "",
        tx -> {
          Review review = lockOfAnother(tx, reviewId, caller);
          boolean counts = votes.add(tx, reviewId, caller.memberId(), clock.instant());
          return voted(tx, review, counts ? 1 : 0);
        });
  }

  private void takeBack(ServerRequest request, ServerResponse response) {
    UUID reviewId = PathParameters.uuid(request, "reviewId");
    Caller caller = Access.caller(request);
    keys.answer(
        request,
        response,
        "",
        tx -> {
          Review review = lockOfAnother(tx, reviewId, caller);
          boolean counted = votes.remove(tx, reviewId, caller.memberId());
          return voted(tx, review, counted ? -1 : 0);
        });
  }

  private Answer voted(Transaction tx, Review review, int more) {
    if (more != 0) {
      reviews.addHelpful(tx, review.id(), more);
    }
    return changing.answer(tx, review.helpful(more));
  }

  private void report(ServerRequest request, ServerResponse response) {
    UUID reviewId = PathParameters.uuid(request, "reviewId");
    Caller caller = Access.caller(request);
    ReportBody body = Body.read(request, ReportBody.class);
    String reason = body.validated();
    keys.answer(
        request,
        response,
        body,
        tx -> {
          lockOfAnother(tx, reviewId, caller);
          if (reports.add(tx, reviewId, caller.memberId(), reason, clock.instant())) {
            reviews.addReport(tx, reviewId);
          }
          return Answer.noContent();
        });
  }

  private void reply(ServerRequest request, ServerResponse response) {
    UUID reviewId = PathParameters.uuid(request, "reviewId");
    Caller caller = Access.caller(request);
    Optional<EntityTag> expected = EntityTag.ifMatch(request);
    ReplyBody body = Body.read(request, ReplyBody.class);
    Optional<String> text = body.validated();
    keys.answer(
        request,
        response,
        body,
        tx -> {
          Review review = changing.lock(tx, reviewId, caller);
          if (!purchases.boughtFrom(tx, review.memberId(), review.productId(), caller.memberId())) {
            throw Problem.forbidden("Only the seller from whom the author bought it can reply.")
                .exception();
          }
          expected.ifPresent(tag -> tag.require(review.version()));
          Review replied = review.reply(text, clock.instant());
          changing.save(tx, review, replied);
          return changing.answer(tx, replied);
        });
  }

  private Review lockOfAnother(Transaction tx, UUID reviewId, Caller caller) {
    Review review = changing.lock(tx, reviewId, caller);
    if (review.isBy(caller.memberId())) {
      throw Problem.forbidden("Nobody judges a review of their own.").exception();
    }
    return review;
  }
}
