package jangteo.review.api;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import jangteo.chassis.Ids;
import jangteo.chassis.data.Answer;
import jangteo.chassis.data.Database;
import jangteo.chassis.data.DuplicateKeyException;
import jangteo.chassis.data.IdempotencyKeys;
import jangteo.chassis.data.Transaction;
import jangteo.chassis.web.Access;
import jangteo.chassis.web.Body;
import jangteo.chassis.web.Caller;
import jangteo.chassis.web.EntityTag;
import jangteo.chassis.web.MergePatch;
import jangteo.chassis.web.Page;
import jangteo.chassis.web.PathParameters;
import jangteo.chassis.web.Problem;
import jangteo.review.domain.Listed;
import jangteo.review.domain.Review;
import jangteo.review.store.PurchaseStore;
import jangteo.review.store.ReviewStore;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What members do with their own reviews: writing, changing, deleting, and finding them again. */
public final class AuthorApi implements HttpService {

  private final Database database;
  private final IdempotencyKeys keys;
  private final Ids ids;
  private final Clock clock;
  private final ReviewStore reviews;
  private final PurchaseStore purchases;
  private final Changing changing;

  /** The calls over these stores. */
  public AuthorApi(
      Database database,
      IdempotencyKeys keys,
      Ids ids,
      Clock clock,
      ReviewStore reviews,
      PurchaseStore purchases,
      Changing changing) {
    this.database = database;
    this.keys = keys;
    this.ids = ids;
    this.clock = clock;
    this.reviews = reviews;
    this.purchases = purchases;
    this.changing = changing;
  }

  @Override
  public void routing(HttpRules rules) {
    rules
        .get("/api/v1/reviews", Access.member(), this::mine)
        .post("/api/v1/products/{productId}/reviews", Access.member(), this::write)
        .patch("/api/v1/reviews/{reviewId}", Access.member(), this::change)
        .delete("/api/v1/reviews/{reviewId}", Access.member(), this::delete);
  }

  private void mine(ServerRequest request, ServerResponse response) {
    long memberId = Access.caller(request).memberId();
    ListQuery query = ListQuery.newest(request);
    List<Listed> found =
        database.read(sql -> reviews.ofMember(sql, memberId, query.after(), query.size() + 1));
    ListQuery.Cut<Listed> page = query.cut(found, Listed::review);
    response.send(Page.answer(page.items().stream().map(ReviewAnswer::of).toList(), page.next()));
  }

  private void write(ServerRequest request, ServerResponse response) {
    long productId = PathParameters.id(request, "productId");
    long memberId = Access.caller(request).memberId();
    ReviewBody body = Body.read(request, ReviewBody.class);
    Review.Opinion opinion = body.validated();
    keys.answer(
        request,
        response,
        body,
        tx -> {
          if (!purchases.verified(tx, memberId, productId)) {
            throw Problem.forbidden("Only members who bought the product can review it.")
                .exception();
          }
          return added(tx, Review.write(ids.uuid(), productId, memberId, opinion, clock.instant()));
        });
  }

  private Answer added(Transaction tx, Review review) {
    try {
      changing.add(tx, review);
    } catch (DuplicateKeyException twice) {
      throw Problem.conflict("You have reviewed this product already.").exception();
    }
    return changing.created(tx, review);
  }

  private void change(ServerRequest request, ServerResponse response) {
    UUID reviewId = PathParameters.uuid(request, "reviewId");
    Caller caller = Access.caller(request);
    Optional<EntityTag> expected = EntityTag.ifMatch(request);
    MergePatch patch = MergePatch.read(request);
    keys.answer(
        request,
        response,
        patch.json(),
        tx -> {
          Review review = changing.lock(tx, reviewId, caller);
          if (!review.isBy(caller.memberId())) {
            throw Problem.forbidden("Only its author can change a review.").exception();
          }
          expected.ifPresent(tag -> tag.require(review.version()));
          Review.Opinion opinion =
              patch.applyTo(ReviewBody.of(review.opinion()), ReviewBody.class).validated();
          Review changed = review.edit(opinion, clock.instant());
          changing.save(tx, review, changed);
          return changing.answer(tx, changed);
        });
  }

  private void delete(ServerRequest request, ServerResponse response) {
    UUID reviewId = PathParameters.uuid(request, "reviewId");
    Caller caller = Access.caller(request);
    Optional<EntityTag> expected = EntityTag.ifMatch(request);
    keys.answer(
        request,
        response,
        "",
        tx -> {
          Review review = changing.lock(tx, reviewId, caller);
          if (!review.isBy(caller.memberId()) && !caller.is("ADMIN")) {
            throw Problem.forbidden("Only its author or an admin can delete a review.").exception();
          }
          expected.ifPresent(tag -> tag.require(review.version()));
          changing.delete(tx, review);
          return Answer.noContent();
        });
  }
}
