package jangteo.aggregate.store;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.WriteModel;
import jangteo.aggregate.domain.Change;
import jangteo.aggregate.domain.Change.PartId.Kind;
import jangteo.aggregate.domain.Changes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * Collection {@code products}: one document per product, in which every part has its own version.
 *
 * <p>A write carries the new states of parts; which of them are newer than those in the document is
 * decided by the database, in the same update that recomputes the derived fields. So any order, any
 * repetition and any number of writers end in the same document. A document is made by whichever
 * part comes first.
 */
final class ProductDocuments {

  private static final int CHUNK = 500;
  private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);
  private static final UpdateOptions UPSERT = new UpdateOptions().upsert(true);

  private final MongoCollection<Document> products;
  private final PartDocument parts;

  ProductDocuments(MongoCollection<Document> products, PartDocument parts) {
    this.products = products;
    this.parts = parts;
  }

  /** Makes these changes part of the documents, by product id. */
  void write(Map<Long, ? extends Collection<? extends Change>> changes) {
    List<WriteModel<Document>> writes = new ArrayList<>();
    changes.forEach(
        (productId, its) ->
            writes.add(new UpdateOneModel<>(Filters.eq(productId), pipeline(its), UPSERT)));
    if (!writes.isEmpty()) {
      products.bulkWrite(writes, UNORDERED);
    }
  }

  /** Makes a seller's name, or erasure, part of every document that shows one of their listings. */
  void writeSeller(Change seller) {
    long id = seller.part().id();
    Bson sameState =
        seller.erases()
            ? Filters.and(Filters.eq("version", seller.version()), Filters.eq("erased", true))
            : Filters.eq("version", seller.version());
    Bson upToDate =
        Filters.elemMatch(
            "sellers",
            Filters.and(
                Filters.eq("id", id),
                Filters.or(Filters.gt("version", seller.version()), sameState)));
    writeWhere(
        Filters.and(Filters.eq("listings.sellerId", id), Filters.not(upToDate)), List.of(seller));
  }

  /** Buries a listing in the document that shows it, if there is one. */
  void writeGrave(Change.ListingErased listing) {
    writeWhere(Filters.eq("listings.id", listing.listingId()), List.of(listing));
  }

  /** In the order of ids: what enters behind the cursor has looked the part up for itself. */
  private void writeWhere(Bson filter, List<Change> changes) {
    long after = Long.MIN_VALUE;
    List<Long> ids;
    do {
      ids = idsWhere(Filters.and(filter, Filters.gt("_id", after)));
      write(ids.stream().collect(Collectors.toMap(Function.identity(), id -> changes)));
      after = ids.isEmpty() ? after : ids.getLast();
    } while (ids.size() == CHUNK);
  }

  private List<Long> idsWhere(Bson filter) {
    return products
        .find(filter)
        .projection(Projections.include("_id"))
        .sort(Sorts.ascending("_id"))
        .limit(CHUNK)
        .map(document -> document.getLong("_id"))
        .into(new ArrayList<>());
  }

  private List<Bson> pipeline(Collection<? extends Change> all) {
    List<Change> changes = Changes.of(all).all(Change.class);
    Document newest = new Document();
    for (Change change : changes) {
      switch (change.part().kind()) {
        case PRODUCT -> newest.append("product", Newest.one("product", parts.of(change)));
        case RATING -> newest.append("rating", Newest.one("rating", parts.of(change)));
        case LISTING, SELLER -> {
          // Together below: each of them is one element of an array.
        }
      }
    }
    each(newest, "listings", changes, Kind.LISTING);
    each(newest, "sellers", changes, Kind.SELLER);
    List<Bson> pipeline = new ArrayList<>();
    pipeline.add(new Document("$set", newest));
    pipeline.addAll(Derived.stages());
    return pipeline;
  }

  private void each(Document newest, String field, List<Change> changes, Kind kind) {
    List<Document> come =
        changes.stream().filter(change -> change.part().kind() == kind).map(parts::of).toList();
    if (!come.isEmpty()) {
      newest.append(field, Newest.each(field, come));
    }
  }
}
