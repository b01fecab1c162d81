package jangteo.search.store;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import jangteo.audit.v1.Offer;
import jangteo.audit.v1.ProductOffers;
import jangteo.search.v1.ListingStatus;
import jangteo.type.v1.Money;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * Listings as the audit wants them: as the documents have them, shown or not, for item does not
 * know what search hides.
 */
public final class AuditStore {

  private final MongoCollection<Document> products;

  /** The products of this database. */
  public AuditStore(MongoDatabase database) {
    this.products = database.getCollection("products");
  }

  /** A page of products, in the order of their ids; the listings of each in that of the sellers. */
  public List<ProductOffers> products(long afterProductId, int size) {
    return find(Filters.gt("_id", afterProductId), size);
  }

  /** Those of these products that are there, in the same order. */
  public List<ProductOffers> products(Collection<Long> productIds) {
    return find(Filters.in("_id", productIds), productIds.size());
  }

  private List<ProductOffers> find(Bson wanted, int size) {
    return Reread.ifKilled(
        () ->
            products
                .find(wanted)
                .projection(Projections.include("listings"))
                .sort(Sorts.ascending("_id"))
                .limit(size)
                .map(AuditStore::product)
                .into(new ArrayList<>()));
  }

  private static ProductOffers product(Document document) {
    return ProductOffers.newBuilder()
        .setProductId(document.getLong("_id"))
        .addAllOffers(
            document.getList("listings", Document.class, List.of()).stream()
                .map(AuditStore::offer)
                .sorted(Comparator.comparingLong(Offer::getSellerId))
                .toList())
        .build();
  }

  private static Offer offer(Document listing) {
    return Offer.newBuilder()
        .setListingId(listing.getLong("id"))
        .setSellerId(listing.getLong("sellerId"))
        .setPrice(
            Money.newBuilder()
                .setAmount(listing.getLong("price"))
                .setCurrency(listing.getString("currency")))
        .setStatus(ListingStatus.valueOf("LISTING_STATUS_" + listing.getString("status")))
        .setAvailable(listing.getLong("available"))
        .setVersion(listing.getLong("snapshot"))
        .setSequence(listing.getLong("version"))
        .build();
  }
}
