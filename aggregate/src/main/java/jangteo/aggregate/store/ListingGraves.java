package jangteo.aggregate.store;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.WriteModel;
import jangteo.aggregate.domain.Change.ListingErased;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;

/**
 * Collection {@code listing_graves}: which listings were erased. The erasure does not say of which
 * product the listing was, so one that comes before its listing waits here.
 */
final class ListingGraves {

  private static final UpdateOptions UPSERT = new UpdateOptions().upsert(true);

  private final MongoCollection<Document> graves;

  ListingGraves(MongoCollection<Document> graves) {
    this.graves = graves;
  }

  void write(Collection<ListingErased> erased) {
    List<WriteModel<Document>> writes =
        erased.stream()
            .<WriteModel<Document>>map(
                grave ->
                    new UpdateOneModel<>(
                        Filters.eq(grave.listingId()),
                        Updates.max("version", grave.version()),
                        UPSERT))
            .toList();
    if (!writes.isEmpty()) {
      graves.bulkWrite(writes);
    }
  }

  /** The graves of those of these listings that have one. */
  Map<Long, ListingErased> find(Collection<Long> listingIds) {
    Map<Long, ListingErased> found = new HashMap<>();
    if (!listingIds.isEmpty()) {
      for (Document grave : graves.find(Filters.in("_id", listingIds))) {
        long id = grave.getLong("_id");
        found.put(id, new ListingErased(id, grave.getLong("version")));
      }
    }
    return found;
  }
}
