package jangteo.order.store;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import java.util.Collection;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonDocumentWrapper;
import org.bson.Document;

/**
 * Writes whole documents, each guarded by its field {@code version}: repeats and reorderings are
 * harmless (design, section 6).
 */
final class NewerOnly {

  private NewerOnly() {}

  /** Writes these in one round trip, each unless it is there in the same or a newer version. */
  static <T> void write(MongoCollection<T> collection, Collection<T> documents) {
    List<UpdateOneModel<T>> writes =
        documents.stream().map(document -> replacing(collection, document)).toList();
    if (!writes.isEmpty()) {
      collection.bulkWrite(writes, new BulkWriteOptions().ordered(false));
    }
  }

  private static <T> UpdateOneModel<T> replacing(MongoCollection<T> collection, T document) {
    BsonDocument whole =
        BsonDocumentWrapper.asBsonDocument(document, collection.getCodecRegistry());
    Document known = new Document("$ifNull", List.of("$version", 0L));
    Document unlessNewer =
        new Document(
            "$cond",
            List.of(
                new Document("$gte", List.of(known, whole.get("version"))),
                "$$ROOT",
                new Document("$literal", whole)));
    return new UpdateOneModel<>(
        eq("_id", whole.get("_id")),
        List.of(new Document("$replaceWith", unlessNewer)),
        new UpdateOptions().upsert(true));
  }
}
