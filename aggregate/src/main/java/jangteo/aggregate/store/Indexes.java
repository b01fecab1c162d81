package jangteo.aggregate.store;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.bson.Document;

/** Every index of the product documents, in one place. The writer owns them. */
public final class Indexes {

  /** The live collection of the product documents. */
  static final String PRODUCTS = ReadModel.LIVE.products();

  /** For the writer, who finds documents by the parts that other keys name. */
  private static final List<Document> OF_PARTS =
      List.of(
          new Document("listings.id", 1), new Document("listings.sellerId", 1).append("_id", 1));

  /** For search, which sees what is visible alone; the id makes every order a total one. */
  private static final List<Document> OF_VISIBLE =
      List.of(
          // Of a word that very many have, search looks at the newest alone.
          new Document("terms", 1).append("_id", -1),
          new Document("product.beginnings", 1),
          new Document("product.name", 1),
          // A category's products in every order: the cheapest of all are of other categories.
          new Document("product.categories", 1).append("product.createdAt", -1).append("_id", -1),
          new Document("product.categories", 1).append("priceUp", 1).append("_id", 1),
          new Document("product.categories", 1).append("priceDown", -1).append("_id", -1),
          new Document("product.categories", 1).append("ratingDown", -1).append("_id", -1),
          new Document("product.brand", 1).append("product.createdAt", -1).append("_id", -1),
          new Document("sellerIds", 1).append("product.createdAt", -1).append("_id", -1),
          new Document("priceUp", 1).append("_id", 1),
          new Document("priceDown", -1).append("_id", -1),
          new Document("ratingDown", -1).append("_id", -1),
          new Document("product.createdAt", -1).append("_id", -1),
          // All that facets count by, but for the sellers: a whole catalogue without its documents.
          new Document("visible", 1)
              .append("inStock", 1)
              .append("product.category", 1)
              .append("product.brand", 1)
              .append("priceUp", 1)
              .append("ratingDown", 1));

  /** Those that another one has taken the place of. */
  private static final Set<String> RETIRED = Set.of("terms_1");

  private final MongoCollection<Document> products;

  /** Of the live documents in this database. */
  public Indexes(MongoDatabase database) {
    this(database, ReadModel.LIVE);
  }

  /** Of the documents of this read model. */
  public Indexes(MongoDatabase database, ReadModel model) {
    this.products = database.getCollection(model.products());
  }

  /** Makes those that are missing, all in one go over the documents, and drops the retired. */
  public void create() {
    IndexOptions visible =
        new IndexOptions().partialFilterExpression(new Document("visible", true));
    products.createIndexes(
        Stream.concat(
                OF_PARTS.stream().map(keys -> new IndexModel(keys)),
                OF_VISIBLE.stream().map(keys -> new IndexModel(keys, visible)))
            .toList());
    for (Document index : products.listIndexes().into(new ArrayList<>())) {
      if (RETIRED.contains(index.getString("name"))) {
        products.dropIndex(index.getString("name"));
      }
    }
  }
}
