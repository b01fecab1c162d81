package jangteo.aggregate.store;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.WriteModel;
import jangteo.aggregate.domain.Change;
import jangteo.aggregate.domain.Change.SellerErased;
import jangteo.aggregate.domain.Change.SellerNamed;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;

/**
 * Collection {@code sellers}: the newest name of each seller, or the grave of one, for the writer
 * of a listing to look up.
 */
final class Sellers {

  private static final UpdateOptions UPSERT = new UpdateOptions().upsert(true);

  private final MongoCollection<Document> sellers;

  Sellers(MongoCollection<Document> sellers) {
    this.sellers = sellers;
  }

  void write(Collection<? extends Change> changes) {
    List<WriteModel<Document>> writes =
        changes.stream().map(Sellers::upsert).<WriteModel<Document>>map(model -> model).toList();
    if (!writes.isEmpty()) {
      sellers.bulkWrite(writes);
    }
  }

  /** The newest of each of these sellers, where one is known. */
  Map<Long, Change> find(Collection<Long> sellerIds) {
    Map<Long, Change> found = new HashMap<>();
    if (!sellerIds.isEmpty()) {
      for (Document seller : sellers.find(Filters.in("_id", sellerIds))) {
        found.put(seller.getLong("_id"), read(seller));
      }
    }
    return found;
  }

  private static UpdateOneModel<Document> upsert(Change change) {
    Document state = new Document("version", change.version());
    switch (change) {
      case SellerNamed named -> state.append("name", named.name());
      case SellerErased _ -> state.append("erased", true);
      default -> throw new IllegalArgumentException("not of a seller: " + change);
    }
    Document newest =
        new Document("$mergeObjects", List.of(new Document("_id", "$_id"), Newest.whole(state)));
    return new UpdateOneModel<>(
        Filters.eq(change.part().id()), List.of(new Document("$replaceWith", newest)), UPSERT);
  }

  private static Change read(Document seller) {
    long id = seller.getLong("_id");
    long version = seller.getLong("version");
    return seller.getBoolean("erased", false)
        ? new SellerErased(id, version)
        : new SellerNamed(id, version, seller.getString("name"));
  }
}
