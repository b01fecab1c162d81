package jangteo.aggregate.events;

import jangteo.aggregate.domain.Change;
import jangteo.aggregate.domain.Change.ListingErased;
import jangteo.aggregate.domain.Change.ListingWritten;
import jangteo.aggregate.domain.Change.ProductErased;
import jangteo.aggregate.domain.Change.ProductWritten;
import jangteo.aggregate.domain.Change.RatingCounted;
import jangteo.aggregate.domain.Change.SellerErased;
import jangteo.aggregate.domain.Change.SellerNamed;
import jangteo.chassis.events.ProtoTime;
import jangteo.chassis.events.Record;
import jangteo.chassis.events.UnprocessableException;
import jangteo.item.v1.ListingChanged;
import jangteo.item.v1.ProductChanged;
import jangteo.member.v1.MemberChanged;
import jangteo.review.v1.RatingCounts;
import jangteo.review.v1.ReviewChanged;
import jangteo.search.v1.ListingStatus;
import java.util.List;
import java.util.Optional;

/** Reads the records of the catalogue's topics as changes. */
public final class CatalogueRecords {

  /** The topics whose records it reads. */
  public static final List<String> TOPICS = List.of("products", "listings", "members", "reviews");

  private CatalogueRecords() {}

  /**
   * What the record changes in the catalogue; nothing for a member who does not sell, and for the
   * tombstone of a review, whose counts came with the event before it.
   *
   * @throws UnprocessableException when it is no record of its topic
   */
  public static Optional<Change> change(Record record) {
    return switch (record.topic()) {
      case "products" -> Optional.of(product(record));
      case "listings" -> Optional.of(listing(record));
      case "members" -> member(record);
      case "reviews" -> review(record);
      default -> throw new UnprocessableException("not a topic of the catalogue: " + record);
    };
  }

  private static Change product(Record record) {
    if (record.value().isEmpty()) {
      return new ProductErased(key(record), graveVersion(record));
    }
    return product(record.parse(ProductChanged.parser()));
  }

  /**
   * A product as its owner tells it.
   *
   * @throws UnprocessableException when it does not say which
   */
  public static ProductWritten product(ProductChanged event) {
    return new ProductWritten(
        known(event.getProductId(), "product_id"),
        event.getVersion(),
        event.getOwnerId(),
        event.getName(),
        event.getDescription(),
        event.getCategory(),
        event.getBrand(),
        event.getAttributesMap(),
        event.getImagesList(),
        ProtoTime.instant(event.getCreatedAt()),
        ProtoTime.instant(event.getUpdatedAt()));
  }

  private static Change listing(Record record) {
    if (record.value().isEmpty()) {
      return new ListingErased(key(record), graveVersion(record));
    }
    return listing(record.parse(ListingChanged.parser()));
  }

  /**
   * A listing as its owner tells it.
   *
   * @throws UnprocessableException when it does not say which, or is in no state that is known here
   */
  public static ListingWritten listing(ListingChanged event) {
    return new ListingWritten(
        known(event.getListingId(), "listing_id"),
        event.getSequence(),
        known(event.getProductId(), "product_id"),
        known(event.getSellerId(), "seller_id"),
        event.getPrice().getAmount(),
        event.getPrice().getCurrency(),
        status(event.getStatus()),
        event.getAvailable(),
        event.getVersion(),
        ProtoTime.instant(event.getUpdatedAt()));
  }

  private static Optional<Change> member(Record record) {
    if (record.value().isEmpty()) {
      return Optional.of(new SellerErased(key(record), graveVersion(record)));
    }
    MemberChanged event = record.parse(MemberChanged.parser());
    return event.getShopName().isEmpty()
        ? Optional.empty()
        : Optional.of(
            new SellerNamed(
                known(event.getMemberId(), "member_id"), event.getVersion(), event.getShopName()));
  }

  private static Optional<Change> review(Record record) {
    if (record.value().isEmpty()) {
      return Optional.empty();
    }
    ReviewChanged event = record.parse(ReviewChanged.parser());
    RatingCounts counts = event.getProductRating();
    return Optional.of(
        new RatingCounted(
            known(event.getProductId(), "product_id"),
            counts.getVersion(),
            List.of(
                counts.getOne(),
                counts.getTwo(),
                counts.getThree(),
                counts.getFour(),
                counts.getFive())));
  }

  private static String status(ListingStatus status) {
    return switch (status) {
      case LISTING_STATUS_ON_SALE -> "ON_SALE";
      case LISTING_STATUS_PAUSED -> "PAUSED";
      case LISTING_STATUS_ENDED -> "ENDED";
      case LISTING_STATUS_UNSPECIFIED, UNRECOGNIZED ->
          throw new UnprocessableException("a listing without a status that is known here");
    };
  }

  private static long known(long id, String field) {
    if (id <= 0) {
      throw new UnprocessableException(field + " is missing");
    }
    return id;
  }

  /**
   * The id that the record is about.
   *
   * @throws UnprocessableException when its key is none
   */
  public static long key(Record record) {
    try {
      return Long.parseLong(record.key());
    } catch (NumberFormatException e) {
      throw new UnprocessableException("the key is no id: " + record.key(), e);
    }
  }

  private static long graveVersion(Record tombstone) {
    return tombstone.version().orElse(Change.FINAL);
  }
}
