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
import jangteo.chassis.events.Outbox;
import jangteo.chassis.web.Access;
import jangteo.chassis.web.Body;
import jangteo.chassis.web.PathParameters;
import jangteo.chassis.web.Problem;
import jangteo.review.domain.Listed;
import jangteo.review.domain.Ordering.Position;
import jangteo.review.domain.Review;
import jangteo.review.domain.StarCounts;
import jangteo.review.events.ReviewEvents;
import jangteo.review.store.NameStore;
import jangteo.review.store.PurchaseStore;
import jangteo.review.store.RatingStore;
import jangteo.review.store.ReviewStore;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reading and writing reviews (design, section 4). */
public final class ReviewsApi implements HttpService {

  private final Database database;
  private final IdempotencyKeys keys;
  private final Outbox outbox;
  private final Ids ids;
  private final Clock clock;
  private final ReviewStore reviews = new ReviewStore();
  private final RatingStore ratings = new RatingStore();
  private final PurchaseStore purchases;
  private final NameStore names;

  /** The calls over these stores. */
  public ReviewsApi(
      Database database,
      IdempotencyKeys keys,
      Outbox outbox,
      Ids ids,
      Clock clock,
      PurchaseStore purchases,
      NameStore names) {
    this.database = database;
    this.keys = keys;
    this.outbox = outbox;
    this.ids = ids;
    this.clock = clock;
    this.purchases = purchases;
    this.names = names;
  }

  @Override
  public void routing(HttpRules rules) {
    rules
        .get("/api/v1/products/{productId}/reviews", this::list)
        .post("/api/v1/products/{productId}/reviews", Access.member(), this::write)
        .get("/api/v1/reviews/{reviewId}", this::one);
  }

  private void list(ServerRequest request, ServerResponse response) {
    long productId = PathParameters.id(request, "productId");
    ListQuery query = ListQuery.of(request);
    ReviewsAnswer answer =
        database.read(
            sql -> {
              StarCounts counts = ratings.of(sql, productId);
              // One more than asked for tells whether there is a next page.
              List<Listed> found =
                  reviews.page(sql, productId, query.ordering(), query.after(), query.size() + 1);
              List<Listed> page = found.subList(0, Math.min(found.size(), query.size()));
              Optional<String> next =
                  found.size() > page.size()
                      ? Optional.of(query.key(Position.of(page.getLast().review())))
                      : Optional.empty();
              return ReviewsAnswer.of(page.stream().map(ReviewAnswer::of).toList(), next, counts);
            });
    response.send(answer);
  }

  private void one(ServerRequest request, ServerResponse response) {
    UUID reviewId = PathParameters.uuid(request, "reviewId");
    Listed listed =
        database
            .read(sql -> reviews.visible(sql, reviewId))
            .orElseThrow(() -> Problem.notFound("There is no such review.").exception());
    response.send(ReviewAnswer.of(listed));
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
      reviews.add(tx, review);
    } catch (DuplicateKeyException twice) {
      throw Problem.conflict("You have reviewed this product already.").exception();
    }
    StarCounts counts = ratings.add(tx, review.productId(), review.rating());
    outbox.add(tx, ReviewEvents.changed(review, counts));
    return Answer.created(
        "/api/v1/reviews/" + review.id(),
        ReviewAnswer.of(new Listed(review, names.of(tx, review.memberId()))));
  }
}
