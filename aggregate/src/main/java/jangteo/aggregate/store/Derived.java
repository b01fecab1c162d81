package jangteo.aggregate.store;

import static jangteo.aggregate.store.Newest.and;
import static jangteo.aggregate.store.Newest.filter;
import static jangteo.aggregate.store.Newest.not;
import static jangteo.aggregate.store.Newest.sorted;

import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * The fields of a product document that follow from its parts, as stages of the same pipeline that
 * wrote the parts. What search filters, sorts and counts by is here; a document that is not {@code
 * visible} (its product has not come yet, or was erased) has none of it.
 */
final class Derived {

  /** A product that nobody sells comes last, whichever way prices are sorted. */
  private static final long LAST_UPWARDS = Long.MAX_VALUE;

  private static final long LAST_DOWNWARDS = -1;

  private static final Document BY_PRICE = new Document("price", 1).append("id", 1);

  /** An erased listing has its grave elsewhere, and a seller without a listing nothing to name. */
  private static final Bson LISTINGS =
      set(
          new Document(
              "listings",
              filter(
                  ifNull("$listings", List.of()),
                  "listing",
                  new Document("$ne", List.of("$$listing.erased", true)))));

  private static final Bson SELLERS =
      set(
          new Document(
              "sellers",
              filter(
                  ifNull("$sellers", List.of()),
                  "seller",
                  new Document("$in", List.of("$$seller.id", "$listings.sellerId")))));

  private static final Bson WORKING =
      set(
          new Document("visible", visible())
              .append("live", filter("$listings", "listing", sellerAlive())));

  private static final Bson OFFERS =
      set(new Document("onSale", filter("$live", "listing", equal("$$listing.status", "ON_SALE"))));

  private static final Bson STOCKED =
      set(
          new Document(
              "stocked",
              filter(
                  "$onSale", "listing", new Document("$gt", List.of("$$listing.available", 0)))));

  private static final Bson BEST =
      set(
          new Document(
              "best", first(sorted(when(some("$stocked"), "$stocked", "$onSale"), BY_PRICE))));

  private static final Bson FIELDS =
      set(
          new Document("inStock", ifVisible(some("$stocked")))
              .append(
                  "minPrice",
                  ifVisible(
                      when(
                          present("$best"),
                          new Document("amount", "$best.price")
                              .append("currency", "$best.currency"),
                          "$$REMOVE")))
              .append("priceUp", ifVisible(ifNull("$best.price", LAST_UPWARDS)))
              .append("priceDown", ifVisible(ifNull("$best.price", LAST_DOWNWARDS)))
              .append("ratingDown", ifVisible(ifNull("$rating.average", 0.0)))
              .append("sellerIds", ifVisible(union("$onSale.sellerId")))
              .append(
                  "terms", ifVisible(union(ifNull("$product.terms", List.of()), sellerTerms()))));

  private static final Bson TIDY =
      new Document("$unset", List.of("live", "onSale", "stocked", "best"));

  private Derived() {}

  static List<Bson> stages() {
    return List.of(LISTINGS, SELLERS, WORKING, OFFERS, STOCKED, BEST, FIELDS, TIDY);
  }

  private static Document visible() {
    return and(present("$product"), new Document("$ne", List.of("$product.erased", true)));
  }

  /** What an erased seller listed is no longer shown, nor sold. */
  private static Document sellerAlive() {
    Document erased = filter("$sellers", "seller", equal("$$seller.erased", true));
    return not(new Document("$in", List.of("$$listing.sellerId", map(erased, "$$each.id"))));
  }

  private static Document sellerTerms() {
    Document onSale =
        filter(
            "$sellers", "seller", new Document("$in", List.of("$$seller.id", "$onSale.sellerId")));
    return new Document(
        "$reduce",
        new Document("input", onSale)
            .append("initialValue", List.of())
            .append(
                "in",
                new Document(
                    "$concatArrays", List.of("$$value", ifNull("$$this.terms", List.of())))));
  }

  private static Bson set(Document fields) {
    return new Document("$set", fields);
  }

  private static Document ifVisible(Object value) {
    return when("$visible", value, "$$REMOVE");
  }

  private static Document when(Object condition, Object then, Object otherwise) {
    return new Document("$cond", List.of(condition, then, otherwise));
  }

  private static Document equal(Object one, Object other) {
    return new Document("$eq", List.of(one, other));
  }

  private static Document ifNull(Object value, Object otherwise) {
    return new Document("$ifNull", List.of(value, otherwise));
  }

  private static Document map(Object input, Object in) {
    return new Document("$map", new Document("input", input).append("as", "each").append("in", in));
  }

  /** Each value once, in order, so that the same parts give the same document. */
  private static Document union(Object... arrays) {
    return sorted(new Document("$setUnion", List.of(arrays)), 1);
  }

  private static Document some(Object array) {
    return new Document("$gt", List.of(new Document("$size", array), 0));
  }

  private static Document present(String field) {
    return new Document("$ne", List.of(new Document("$type", field), "missing"));
  }

  private static Document first(Object array) {
    return new Document("$first", array);
  }
}
