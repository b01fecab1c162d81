package jangteo.review.api;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import jangteo.chassis.data.Database;
import jangteo.chassis.web.Access;
import jangteo.chassis.web.Caller;
import jangteo.chassis.web.PathParameters;
import jangteo.chassis.web.Problem;
import jangteo.review.domain.Listed;
import jangteo.review.domain.Review;
import jangteo.review.domain.StarCounts;
import jangteo.review.store.RatingStore;
import jangteo.review.store.ReviewStore;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reading reviews (design, section 4). */
public final class ReviewsApi implements HttpService {

  private final Database database;
  private final ReviewStore reviews;
  private final RatingStore ratings;

  /** The calls over these stores. */
  public ReviewsApi(Database database, ReviewStore reviews, RatingStore ratings) {
    this.database = database;
    this.reviews = reviews;
    this.ratings = ratings;
  }

  @Override
  public void routing(HttpRules rules) {
    rules
        .get("/api/v1/products/{productId}/reviews", this::list)
        .get("/api/v1/reviews/{reviewId}", this::one);
  }

  private void list(ServerRequest request, ServerResponse response) {
    long productId = PathParameters.id(request, "productId");
    ListQuery query = ListQuery.of(request);
    ReviewsAnswer answer =
        database.read(
            sql -> {
              StarCounts counts = ratings.of(sql, productId);
              List<Listed> found =
                  reviews.page(sql, productId, query.ordering(), query.after(), query.size() + 1);
              ListQuery.Cut<Listed> page = query.cut(found, Listed::review);
              return ReviewsAnswer.of(
                  page.items().stream().map(ReviewAnswer::of).toList(), page.next(), counts);
            });
    response.send(answer);
  }

  private void one(ServerRequest request, ServerResponse response) {
    UUID reviewId = PathParameters.uuid(request, "reviewId");
    Optional<Caller> caller = Access.callerIfAny(request);
    Listed listed =
        database
            .read(sql -> reviews.find(sql, reviewId))
            .filter(found -> Changing.mayRead(found.review(), caller))
            .orElseThrow(() -> Problem.notFound("There is no such review.").exception());
    Review review = listed.review();
    response.header(HeaderNames.ETAG, ReviewAnswer.tag(review)).send(ReviewAnswer.of(listed));
  }
}
