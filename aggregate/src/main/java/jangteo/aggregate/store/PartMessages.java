package jangteo.aggregate.store;

import com.google.protobuf.Timestamp;
import jangteo.chassis.events.ProtoTime;
import jangteo.item.v1.ListingChanged;
import jangteo.item.v1.ProductChanged;
import jangteo.search.v1.ListingStatus;
import jangteo.type.v1.Money;
import java.util.Date;
import org.bson.Document;

/**
 * Parts of a document as the messages they were made of; the inverse of {@link PartDocument}.
 *
 * <p>Throws what it meets when a part is not as the projection writes it: another type, a field
 * that is missing.
 */
final class PartMessages {

  private PartMessages() {}

  static ProductChanged product(long id, Document part) {
    ProductChanged.Builder product =
        ProductChanged.newBuilder()
            .setProductId(id)
            .setVersion(part.getLong("version"))
            .setOwnerId(part.getLong("ownerId"))
            .setName(part.getString("name"))
            .setDescription(part.getString("description"))
            .setCategory(part.getString("category"))
            .setBrand(part.getString("brand"))
            .addAllImages(part.getList("images", String.class))
            .setCreatedAt(time(part, "createdAt"))
            .setUpdatedAt(time(part, "updatedAt"));
    part.getList("attributes", Document.class)
        .forEach(
            attribute ->
                product.putAttributes(attribute.getString("key"), attribute.getString("value")));
    return product.build();
  }

  static ListingChanged listing(long productId, Document part) {
    return ListingChanged.newBuilder()
        .setListingId(part.getLong("id"))
        .setProductId(productId)
        .setSellerId(part.getLong("sellerId"))
        .setPrice(
            Money.newBuilder()
                .setAmount(part.getLong("price"))
                .setCurrency(part.getString("currency")))
        .setStatus(ListingStatus.valueOf("LISTING_STATUS_" + part.getString("status")))
        .setAvailable(part.getLong("available"))
        .setVersion(part.getLong("snapshot"))
        .setSequence(part.getLong("version"))
        .setUpdatedAt(time(part, "updatedAt"))
        .build();
  }

  private static Timestamp time(Document part, String field) {
    Date date = part.getDate(field);
    return ProtoTime.of(date.toInstant());
  }
}
