package jangteo.aggregate.store;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoDatabase;
import jangteo.aggregate.domain.Change;
import jangteo.aggregate.domain.Change.ListingErased;
import jangteo.aggregate.domain.Change.ListingWritten;
import jangteo.aggregate.domain.Change.PartId.Kind;
import jangteo.aggregate.domain.Changes;
import jangteo.chassis.text.TextAnalysis;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonMaximumSizeExceededException;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * A read model that is being filled: whole documents, each of which comes once, so that nothing has
 * to be compared. The derived fields are those of {@link Derived}, computed by the database for
 * many documents in one command.
 */
public final class NewCatalogue {

  /** BSONObjectTooLarge, and what the server says of a command that is. */
  private static final Set<Integer> TOO_LARGE = Set.of(10334, 17419, 17420);

  private static final int DUPLICATE_KEY = 11000;

  /** As plain inserts, in batches: nothing is looked for. */
  private static final Document ALL_NEW =
      new Document("whenMatched", "fail").append("whenNotMatched", "insert");

  private static final Document PERHAPS_THERE = new Document("whenMatched", "replace");

  private final MongoDatabase database;
  private final ReadModel model;
  private final PartDocument parts;
  private final Sellers sellers;
  private final ListingGraves graves;

  /** Empty; nobody else may write to it. */
  public NewCatalogue(MongoDatabase database, ReadModel model, TextAnalysis text) {
    this.database = database;
    this.model = model;
    this.parts = new PartDocument(text);
    this.sellers = new Sellers(database.getCollection(model.sellers()));
    this.graves = new ListingGraves(database.getCollection(model.graves()));
  }

  /** Names and erasures of sellers, and erasures of listings: all of them before any product. */
  public void remember(Collection<? extends Change> changes) {
    Changes newest = Changes.of(changes);
    sellers.write(newest.sellers());
    graves.write(newest.all(ListingErased.class));
  }

  /**
   * Writes documents; safe to repeat.
   *
   * @param products all that there is of each product, by its id
   */
  public void write(Map<Long, ? extends Collection<Change.OfProduct>> products) {
    Set<Long> sellerIds = new HashSet<>();
    Set<Long> listingIds = new HashSet<>();
    products.values().stream()
        .flatMap(Collection::stream)
        .forEach(
            change -> {
              if (change instanceof ListingWritten listing) {
                sellerIds.add(listing.sellerId());
                listingIds.add(listing.listingId());
              }
            });
    Map<Long, Change> names = sellers.find(sellerIds);
    Map<Long, ListingErased> erased = graves.find(listingIds);
    List<Document> documents = new ArrayList<>();
    products.forEach((id, its) -> documents.add(document(id, its, names, erased)));
    merge(documents, ALL_NEW);
  }

  /** Makes the indexes; after the documents, which is much quicker. */
  public void index() {
    new Indexes(database, model).create();
  }

  private Document document(
      long id,
      Collection<Change.OfProduct> its,
      Map<Long, Change> names,
      Map<Long, ListingErased> erased) {
    Map<Long, Document> shownSellers = new HashMap<>();
    List<Change> all = new ArrayList<>(its);
    for (Change change : its) {
      if (change instanceof ListingWritten listing) {
        Change seller = names.get(listing.sellerId());
        if (seller != null) {
          shownSellers.put(listing.sellerId(), parts.of(seller));
        }
        Change grave = erased.get(listing.listingId());
        if (grave != null) {
          all.add(grave);
        }
      }
    }
    Document document = new Document("_id", id);
    List<Document> listings = new ArrayList<>();
    for (Change change : Changes.of(all).all(Change.class)) {
      if (change.part().kind() == Kind.LISTING) {
        listings.add(parts.of(change));
      } else {
        document.append(
            change.part().kind() == Kind.PRODUCT ? "product" : "rating", parts.of(change));
      }
    }
    Comparator<Document> byId = Comparator.comparing(part -> part.getLong("id"));
    return document
        .append("listings", listings.stream().sorted(byId).toList())
        .append("sellers", shownSellers.values().stream().sorted(byId).toList());
  }

  private void merge(List<Document> documents, Document how) {
    if (documents.isEmpty()) {
      return;
    }
    List<Bson> stages = new ArrayList<>();
    // Literal: a name that looks like an expression stays a name.
    stages.add(new Document("$documents", new Document("$literal", documents)));
    stages.addAll(Derived.stages());
    Document into = new Document("into", model.products());
    into.putAll(how);
    stages.add(new Document("$merge", into));
    try {
      database.aggregate(stages).toCollection();
    } catch (BsonMaximumSizeExceededException e) {
      mergeHalves(documents, e);
    } catch (MongoCommandException e) {
      if (e.getErrorCode() == DUPLICATE_KEY) {
        merge(documents, PERHAPS_THERE);
      } else if (TOO_LARGE.contains(e.getErrorCode())) {
        mergeHalves(documents, e);
      } else {
        throw e;
      }
    }
  }

  private void mergeHalves(List<Document> documents, RuntimeException tooLarge) {
    if (documents.size() == 1) {
      throw tooLarge;
    }
    int middle = documents.size() / 2;
    merge(documents.subList(0, middle), PERHAPS_THERE);
    merge(documents.subList(middle, documents.size()), PERHAPS_THERE);
  }
}
