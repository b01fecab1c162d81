package jangteo.item.events;

import jangteo.chassis.events.Event;
import jangteo.chassis.events.ProtoTime;
import jangteo.item.domain.Listing;
import jangteo.item.domain.Product;
import jangteo.item.v1.ListingChanged;
import jangteo.item.v1.ProductChanged;
import jangteo.search.v1.ListingStatus;
import jangteo.type.v1.Money;

/**
 * The whole public state of a product or a listing as an event; the version header is the one to
 * compare.
 */
public final class CatalogueEvents {

  private CatalogueEvents() {}

  /** To the topic "products". */
  public static Event of(Product product) {
    return Event.of("products", Long.toString(product.id()), message(product))
        .withVersion(product.version());
  }

  /** To the topic "products": it is no more. */
  public static Event erased(Product product) {
    return Event.tombstone("products", Long.toString(product.id()), ProductChanged.class)
        .withVersion(product.version());
  }

  /** To the topic "listings": it is no more. */
  public static Event erased(Listing listing) {
    return Event.tombstone("listings", Long.toString(listing.id()), ListingChanged.class)
        .withVersion(listing.sequence());
  }

  /** To the topic "listings". */
  public static Event of(Listing listing) {
    return Event.of("listings", Long.toString(listing.id()), message(listing))
        .withVersion(listing.sequence());
  }

  /** What the event says. */
  public static ProductChanged message(Product product) {
    Product.Details details = product.details();
    return ProductChanged.newBuilder()
        .setProductId(product.id())
        .setVersion(product.version())
        .setOwnerId(product.ownerId())
        .setName(details.name())
        .setDescription(details.description())
        .setCategory(details.category())
        .setBrand(details.brand())
        .putAllAttributes(details.attributes())
        .addAllImages(details.images())
        .setCreatedAt(ProtoTime.of(product.createdAt()))
        .setUpdatedAt(ProtoTime.of(product.updatedAt()))
        .build();
  }

  /** What the event says. */
  public static ListingChanged message(Listing listing) {
    return ListingChanged.newBuilder()
        .setListingId(listing.id())
        .setProductId(listing.productId())
        .setSellerId(listing.sellerId())
        .setPrice(
            Money.newBuilder()
                .setAmount(listing.price().amount())
                .setCurrency(listing.price().currency()))
        .setStatus(ListingStatus.valueOf("LISTING_STATUS_" + listing.status().name()))
        .setAvailable(listing.stock().available())
        .setVersion(listing.version())
        .setSequence(listing.sequence())
        .setUpdatedAt(ProtoTime.of(listing.updatedAt()))
        .build();
  }
}
