package jangteo.item.domain;

import jangteo.item.domain.StepRequest.Line;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Listings and order steps as tests name them. */
final class Orders {

  static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  static final Instant DEADLINE = NOON.plusSeconds(5);
  static final Price PRICE = new Price(12_900, "KRW");

  private Orders() {}

  static Listing listing(long id, long quantity) {
    return listing(id, quantity, ListingStatus.ON_SALE);
  }

  static Listing listing(long id, long quantity, ListingStatus status) {
    return Listing.open(id, 1, 7, new Listing.Terms(PRICE, quantity, status), NOON);
  }

  static Line line(long listingId, long quantity) {
    return new Line(listingId, quantity, PRICE);
  }

  static StepRequest reserve(UUID orderId, Line... lines) {
    return new StepRequest(orderId, Step.RESERVE, List.of(lines), DEADLINE);
  }

  static StepRequest commit(UUID orderId, Line... lines) {
    return new StepRequest(orderId, Step.COMMIT, List.of(lines), DEADLINE);
  }

  static StepRequest release(UUID orderId, Line... lines) {
    return new StepRequest(orderId, Step.RELEASE, List.of(lines), DEADLINE);
  }
}
