package jangteo.item.api;

import jangteo.chassis.data.Answer;
import jangteo.chassis.web.EntityTag;
import jangteo.chassis.web.Money;
import jangteo.item.domain.Listing;
import jangteo.item.domain.ListingStatus;
import java.time.Instant;

/**
 * A listing as its seller gets it back.
 *
 * @param quantity on hand
 * @param reserved of these, held for orders that are not decided yet
 * @param available what can be bought now
 */
record ListingAnswer(
    String listingId,
    String productId,
    String sellerId,
    Money price,
    long quantity,
    long reserved,
    long available,
    ListingStatus status,
    long version,
    Instant updatedAt) {

  /** 200 with the listing's ETag. */
  static Answer ok(Listing listing) {
    return tagged(Answer.ok(of(listing)), listing);
  }

  /** 201 with the listing's ETag, and where buyers see it. */
  static Answer created(Listing listing) {
    return tagged(Answer.created("/api/v1/products/" + listing.productId(), of(listing)), listing);
  }

  private static Answer tagged(Answer answer, Listing listing) {
    return answer.withHeader("ETag", EntityTag.of(listing.version()).toString());
  }

  private static ListingAnswer of(Listing listing) {
    return new ListingAnswer(
        Long.toString(listing.id()),
        Long.toString(listing.productId()),
        Long.toString(listing.sellerId()),
        new Money(listing.price().amount(), listing.price().currency()),
        listing.stock().onHand(),
        listing.stock().reserved(),
        listing.stock().available(),
        listing.status(),
        listing.version(),
        listing.updatedAt());
  }
}
