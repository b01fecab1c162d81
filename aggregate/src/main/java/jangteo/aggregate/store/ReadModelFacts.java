package jangteo.aggregate.store;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Updates;
import jangteo.chassis.events.Fingerprint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bson.Document;
import org.bson.conversions.Bson;

/** The live read model as the reconciliation wants it: what it says, and ways to have it mended. */
public final class ReadModelFacts {

  /** A version that every state beats: what has it is to be told anew. */
  private static final long NEVER = -1;

  private static final Bson COMPARED =
      Projections.exclude(
          "product.terms",
          "product.nameTerms",
          "product.labelTerms",
          "product.beginnings",
          "terms",
          "sellers",
          "rating");

  private final MongoCollection<Document> products;
  private final MongoCollection<Document> graves;

  /** Of the live read model in this database. */
  public ReadModelFacts(MongoDatabase database) {
    this.products = database.getCollection(ReadModel.LIVE.products());
    this.graves = database.getCollection(ReadModel.LIVE.graves());
  }

  /**
   * What a document, or many, come to.
   *
   * @param checksum the sum of the fingerprints of its parts; empty when one cannot be read as what
   *     it should be
   */
  public record Sum(long products, long listings, Optional<Long> checksum) {

    /** Of no document. */
    public static final Sum NOTHING = new Sum(0, 0, Optional.of(0L));

    /** Of both. */
    public Sum plus(Sum other) {
      return new Sum(
          products + other.products,
          listings + other.listings,
          checksum.flatMap(one -> other.checksum.map(two -> one + two)));
    }
  }

  /** What each document comes to of the products with ids above one, up to another. */
  public Map<Long, Sum> sums(long after, long last) {
    Map<Long, Sum> sums = new TreeMap<>();
    for (Document document :
        products
            .find(Filters.and(Filters.gt("_id", after), Filters.lte("_id", last)))
            .projection(COMPARED)) {
      if (document.get("_id") instanceof Long id) {
        sums.put(id, sum(id, document));
      }
    }
    return sums;
  }

  private static Sum sum(long id, Document document) {
    Optional<Document> product = product(document);
    List<Document> listings = listings(document);
    Optional<Long> checksum;
    try {
      long all = 0;
      if (product.isPresent()) {
        all += Fingerprint.of(PartMessages.product(id, product.get()));
      }
      for (Document listing : listings) {
        all += Fingerprint.of(PartMessages.listing(id, listing));
      }
      checksum = Optional.of(all);
    } catch (ClassCastException | NullPointerException | IllegalArgumentException e) {
      checksum = Optional.empty();
    }
    return new Sum(product.isPresent() ? 1 : 0, listings.size(), checksum);
  }

  /** The documents of these products, whole, by their ids. */
  public Map<Long, Document> documents(Collection<Long> ids) {
    Map<Long, Document> found = new HashMap<>();
    products
        .find(Filters.in("_id", ids))
        .forEach(document -> found.put(document.getLong("_id"), document));
    return found;
  }

  /** The product of a document, unless it has none or a grave. */
  public static Optional<Document> product(Document document) {
    return document.get("product") instanceof Document part
            && !Boolean.TRUE.equals(part.get("erased"))
        ? Optional.of(part)
        : Optional.empty();
  }

  /** The listings of a document. */
  public static List<Document> listings(Document document) {
    return document.get("listings") instanceof List<?> all
        ? all.stream().filter(Document.class::isInstance).map(Document.class::cast).toList()
        : List.of();
  }

  /** The id of a listing that is shown; 0 when it has none that could be one. */
  public static long listingId(Document listing) {
    return listing.get("id") instanceof Long id ? id : 0;
  }

  /** Those documents between these ids whose derived fields do not follow from their parts. */
  public List<Long> wronglyDerived(long after, long last) {
    return wronglyDerived(Filters.and(Filters.gt("_id", after), Filters.lte("_id", last)));
  }

  /** Those of these documents whose derived fields do not follow from their parts. */
  public List<Long> wronglyDerived(Collection<Long> ids) {
    return wronglyDerived(Filters.in("_id", ids));
  }

  private List<Long> wronglyDerived(Bson which) {
    List<Bson> stages = new ArrayList<>();
    stages.add(new Document("$match", which));
    stages.add(new Document("$set", new Document("was", "$$ROOT")));
    stages.addAll(Derived.stages());
    stages.add(
        new Document(
            "$match",
            new Document(
                "$expr",
                new Document(
                    "$ne",
                    List.of(
                        "$was",
                        new Document(
                            "$unsetField",
                            new Document("field", "was").append("input", "$$ROOT")))))));
    stages.add(new Document("$project", new Document("_id", 1)));
    return products
        .aggregate(stages)
        .map(document -> document.getLong("_id"))
        .into(new ArrayList<>());
  }

  /** Derives the fields of a document anew. */
  public void derive(long productId) {
    products.updateOne(Filters.eq(productId), Derived.stages());
  }

  /**
   * Lets the next state of the product win, whatever its version; nothing happens when it is no
   * longer what was seen. What is shown stays until then.
   */
  public void demoteProduct(long productId, Document seen) {
    products.updateOne(
        Filters.and(Filters.eq(productId), Filters.eq("product", seen)),
        Updates.set("product.version", NEVER));
  }

  /** The same for a listing. */
  public void demoteListing(long productId, Document seen) {
    products.updateOne(
        Filters.and(Filters.eq(productId), Filters.eq("listings", seen)),
        Updates.set("listings.$.version", NEVER));
  }

  /** Removes a listing that the product does not have, if it is still the one that was seen. */
  public void removeListing(long productId, Document seen) {
    products.updateOne(
        Filters.and(Filters.eq(productId), Filters.eq("listings", seen)),
        Updates.pull("listings", seen));
    derive(productId);
  }

  /** Forgets that a listing was erased. */
  public void unearth(long listingId) {
    graves.deleteOne(Filters.eq(listingId));
  }
}
