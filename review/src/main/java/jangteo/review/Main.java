package jangteo.review;

import jangteo.chassis.Service;
import jangteo.chassis.web.NotServed;
import jangteo.review.api.ReviewsApi;
import jangteo.review.events.Following;
import jangteo.review.store.NameStore;
import jangteo.review.store.PurchaseStore;

/** The review service: REST in, {@code orders} and {@code members} in, {@code reviews} out. */
public final class Main {

  private Main() {}

  /** Runs until SIGTERM. */
  public static void main(String[] args) {
    Service.main("review", Main::wire);
  }

  static void wire(Service.Builder service) {
    PurchaseStore purchases = new PurchaseStore();
    NameStore names = new NameStore();
    service
        .rest(
            new ReviewsApi(
                service.database(),
                service.idempotencyKeys(),
                service.outbox(),
                service.ids(),
                service.clock(),
                purchases,
                names),
            new NotServed(
                "PATCH /api/v1/reviews/{reviewId}",
                "DELETE /api/v1/reviews/{reviewId}",
                "POST /api/v1/reviews/{reviewId}/helpful",
                "POST /api/v1/reviews/{reviewId}/report",
                "PUT /api/v1/reviews/{reviewId}/reply",
                "GET /api/v1/admin/reviews",
                "POST /api/v1/admin/reviews/{reviewId}/hide",
                "POST /api/v1/admin/reviews/{reviewId}/restore"))
        .consume(new Following(service.database(), purchases, names).subscription());
  }
}
