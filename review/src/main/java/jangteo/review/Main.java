package jangteo.review;

import jangteo.chassis.Service;
import jangteo.chassis.data.Database;
import jangteo.chassis.data.IdempotencyKeys;
import jangteo.review.api.AuthorApi;
import jangteo.review.api.Changing;
import jangteo.review.api.ModerationApi;
import jangteo.review.api.ReactionsApi;
import jangteo.review.api.ReviewsApi;
import jangteo.review.events.Following;
import jangteo.review.store.NameStore;
import jangteo.review.store.PurchaseStore;
import jangteo.review.store.RatingStore;
import jangteo.review.store.ReportStore;
import jangteo.review.store.ReviewStore;
import jangteo.review.store.VoteStore;
import java.time.Clock;

/** The review service: REST in, {@code orders} and {@code members} in, {@code reviews} out. */
public final class Main {

  private Main() {}

  /** Runs until SIGTERM. */
  public static void main(String[] args) {
    Service.main("review", Main::wire);
  }

  static void wire(Service.Builder service) {
    ReviewStore reviews = new ReviewStore();
    RatingStore ratings = new RatingStore();
    PurchaseStore purchases = new PurchaseStore();
    NameStore names = new NameStore();
    VoteStore votes = new VoteStore();
    ReportStore reports = new ReportStore();
    Database database = service.database();
    IdempotencyKeys keys = service.idempotencyKeys();
    Clock clock = service.clock();
    Changing changing =
        new Changing(service.outbox(), clock, reviews, ratings, names, votes, reports);
    service
        .rest(
            new ReviewsApi(database, reviews, ratings),
            new AuthorApi(database, keys, service.ids(), clock, reviews, purchases, changing),
            new ReactionsApi(keys, clock, reviews, votes, reports, purchases, changing),
            new ModerationApi(database, keys, clock, reviews, reports, changing))
        .consume(new Following(database, purchases, names).subscription());
  }
}
