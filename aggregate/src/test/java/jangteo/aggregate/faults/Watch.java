package jangteo.aggregate.faults;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Projections;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.bson.Document;

/** Looks at all documents again and again: no part ever goes back to an older version. */
final class Watch implements Runnable {

  private static final long PAUSE = 100_000_000;

  private final MongoCollection<Document> products;
  private final Map<String, Long> seen = new HashMap<>();
  private final List<String> backwards = new ArrayList<>();
  private volatile boolean ended;

  Watch(MongoCollection<Document> products) {
    this.products = products;
  }

  void end() {
    ended = true;
  }

  /** What went back. */
  List<String> backwards() {
    return backwards;
  }

  @Override
  public void run() {
    while (!ended) {
      try {
        for (Document document :
            products
                .find()
                .projection(
                    Projections.include(
                        "product.version",
                        "rating.version",
                        "listings.id",
                        "listings.version",
                        "sellers.id",
                        "sellers.version"))) {
          look(document);
        }
      } catch (MongoException e) {
        // Away; it comes back.
      }
      LockSupport.parkNanos(PAUSE);
    }
  }

  private void look(Document document) {
    long id = document.getLong("_id");
    note(id + " product", document.get("product", new Document()).get("version", 0L));
    note(id + " rating", document.get("rating", new Document()).get("version", 0L));
    for (String array : List.of("listings", "sellers")) {
      for (Document part : document.getList(array, Document.class, List.of())) {
        note(id + " " + array + " " + part.getLong("id"), part.getLong("version"));
      }
    }
  }

  private void note(String part, long version) {
    Long before = seen.put(part, version);
    if (before != null && before > version) {
      backwards.add(part + ": " + before + " → " + version);
    }
  }
}
