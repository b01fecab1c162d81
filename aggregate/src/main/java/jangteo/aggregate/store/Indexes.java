package jangteo.aggregate.store;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import java.util.List;
import org.bson.Document;

/** Every index of the product documents, in one place. The writer owns them. */
public final class Indexes {

  /** The collection of the product documents. */
  static final String PRODUCTS = "products";

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

  /** Of the documents in this database. */
  public Indexes(MongoDatabase database) {
    this.database = database;
  }

  /** Makes those that are missing. */
  public void create() {
    IndexOptions visible =
        new IndexOptions().partialFilterExpression(new Document("visible", true));
    database
        .getCollection(PRODUCTS)
        .createIndexes(OF_PARTS.stream().map(keys -> new IndexModel(keys)).toList());
    database
        .getCollection(PRODUCTS)
        .createIndexes(OF_VISIBLE.stream().map(keys -> new IndexModel(keys, visible)).toList());
  }
}
