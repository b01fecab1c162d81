package jangteo.aggregate.store;

import com.mongodb.MongoException;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import jangteo.chassis.Part;
import jangteo.chassis.Readiness;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every index of the product documents, in one place. The writer owns them: it makes them at its
 * start, again and again until the database has them, and is not ready before.
 */
public final class Indexes implements Part {

  /** The collection of the product documents. */
  static final String PRODUCTS = "products";

  private static final Logger LOG = LoggerFactory.getLogger(Indexes.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** For the writer, who finds documents by the parts that other keys name. */
  private static final List<Document> OF_PARTS =
      List.of(
          new Document("listings.id", 1), new Document("listings.sellerId", 1).append("_id", 1));

  /** For search, which sees what is visible alone; the id makes every order a total one. */
  private static final List<Document> OF_VISIBLE =
      List.of(
          new Document("terms", 1),
          new Document("product.beginnings", 1),
          new Document("product.name", 1),
          new Document("product.category", 1).append("product.createdAt", -1).append("_id", -1),
          new Document("product.brand", 1).append("product.createdAt", -1).append("_id", -1),
          new Document("sellerIds", 1).append("product.createdAt", -1).append("_id", -1),
          new Document("priceUp", 1).append("_id", 1),
          new Document("priceDown", -1).append("_id", -1),
          new Document("ratingDown", -1).append("_id", -1),
          new Document("product.createdAt", -1).append("_id", -1));

  private final MongoDatabase database;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread = Thread.ofVirtual().name("mongo-indexes").unstarted(this::run);
  private volatile Readiness readiness = Readiness.no("the indexes are not made yet");

  /** Of the documents in this database. */
  public Indexes(MongoDatabase database) {
    this.database = database;
  }

  @Override
  public String name() {
    return "indexes";
  }

  @Override
  public void start() {
    thread.start();
  }

  @Override
  public void stop() {
    stopping.countDown();
  }

  @Override
  public Readiness readiness() {
    return readiness;
  }

  /** Makes those that are missing. */
  void create() {
    IndexOptions visible =
        new IndexOptions().partialFilterExpression(new Document("visible", true));
    database
        .getCollection(PRODUCTS)
        .createIndexes(OF_PARTS.stream().map(keys -> new IndexModel(keys)).toList());
    database
        .getCollection(PRODUCTS)
        .createIndexes(OF_VISIBLE.stream().map(keys -> new IndexModel(keys, visible)).toList());
  }

  private void run() {
    try {
      do {
        try {
          create();
          readiness = Readiness.yes();
          return;
        } catch (MongoException e) {
          LOG.warn("The indexes could not be made yet: {}", e.getMessage());
        }
      } while (!stopping.await(PAUSE.toNanos(), TimeUnit.NANOSECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
