package jangteo.review.api;

import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import jangteo.chassis.data.Answer;
import jangteo.chassis.data.Database;
import jangteo.chassis.data.IdempotencyKeys;
import jangteo.chassis.data.Sql;
import jangteo.chassis.web.Access;
import jangteo.chassis.web.Caller;
import jangteo.chassis.web.EntityTag;
import jangteo.chassis.web.Page;
import jangteo.chassis.web.PathParameters;
import jangteo.chassis.web.Validation;
import jangteo.review.domain.Moderated;
import jangteo.review.domain.Moderation;
import jangteo.review.domain.Report;
import jangteo.review.domain.Review;
import jangteo.review.store.ReportStore;
import jangteo.review.store.ReviewStore;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What admins do: see what was reported, take reviews out, and put them back. */
public final class ModerationApi implements HttpService {

  private static final String REVIEWS = "/api/v1/admin/reviews";
  private static final Handler ADMIN = Access.role("ADMIN");

  private final Database database;
  private final IdempotencyKeys keys;
  private final Clock clock;
  private final ReviewStore reviews;
  private final ReportStore reports;
  private final Changing changing;

  /** The calls over these stores. */
  public ModerationApi(
      Database database,
      IdempotencyKeys keys,
      Clock clock,
      ReviewStore reviews,
      ReportStore reports,
      Changing changing) {
    this.database = database;
    this.keys = keys;
    this.clock = clock;
    this.reviews = reviews;
    this.reports = reports;
    this.changing = changing;
  }

  @Override
  public void routing(HttpRules rules) {
    rules
        .get(REVIEWS, ADMIN, this::list)
        .post(
            REVIEWS + "/{reviewId}/hide",
            ADMIN,
            (request, response) -> decide(request, response, Review.State.HIDDEN))
        .post(
            REVIEWS + "/{reviewId}/restore",
            ADMIN,
            (request, response) -> decide(request, response, Review.State.VISIBLE));
  }

  private void list(ServerRequest request, ServerResponse response) {
    Optional<Moderation> standing = standing(request);
    ListQuery query = ListQuery.newest(request);
    Page.Answer answer =
        database.read(
            sql -> {
              List<Moderated> found =
                  reviews.moderated(sql, standing, query.after(), query.size() + 1);
              ListQuery.Cut<Moderated> page = query.cut(found, one -> one.listed().review());
              return Page.answer(shown(sql, page.items()), page.next());
            });
    response.send(answer);
  }

  private List<ModeratedAnswer> shown(Sql sql, List<Moderated> page) {
    Map<UUID, List<Report>> known =
        reports.newest(sql, page.stream().map(one -> one.listed().review().id()).toList());
    return page.stream()
        .map(one -> one.with(known.getOrDefault(one.listed().review().id(), List.of())))
        .map(ModeratedAnswer::of)
        .toList();
  }

  private static Optional<Moderation> standing(ServerRequest request) {
    Validation validation = new Validation();
    Optional<Moderation> standing =
        request
            .query()
            .first("state")
            .asOptional()
            .flatMap(name -> validation.choice("state", name, Moderation.class));
    validation.done();
    return standing;
  }

  /** Either decision answers the reports that are open. */
  private void decide(ServerRequest request, ServerResponse response, Review.State state) {
    UUID reviewId = PathParameters.uuid(request, "reviewId");
    Caller caller = Access.caller(request);
    Optional<EntityTag> expected = EntityTag.ifMatch(request);
    keys.answer(
        request,
        response,
        "",
        tx -> {
          Review review = changing.lock(tx, reviewId, caller);
          expected.ifPresent(tag -> tag.require(review.version()));
          Review decided = review.become(state, clock.instant());
          changing.save(tx, review, decided);
          reviews.closeReports(tx, reviewId);
          Moderated now = reviews.findModerated(tx, reviewId).orElseThrow();
          return Answer.ok(shown(tx, List.of(now)).getFirst())
              .withHeader("ETag", ReviewAnswer.tag(decided));
        });
  }
}
