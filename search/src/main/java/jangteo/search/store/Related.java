package jangteo.search.store;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * What else a visitor of a product's page may want: out of the newest products of its category, of
 * the category above and of its brand those that are most like it. The candidates are bounded, so
 * the time is, however large the category is.
 */
final class Related {

  private static final int OF_CATEGORY = 300;
  private static final int OF_CATEGORY_ABOVE = 100;
  private static final int OF_BRAND = 100;

  private static final double SAME_NAME = 10;
  private static final double SAME_CATEGORY = 4;
  private static final double SAME_BRAND = 2;
  private static final double LIKE_PRICE = 1;
  private static final double IN_STOCK = 2;
  private static final double PER_STAR = 0.2;

  private final MongoCollection<Document> products;

  Related(MongoCollection<Document> products) {
    this.products = products;
  }

  /** To this document, with {@code product} and {@code priceUp}; the most alike first. */
  List<Document> to(Document document, int size) {
    Document product = document.get("product", Document.class);
    String category = product.get("category", "");
    String brand = product.get("brand", "");
    int slash = category.lastIndexOf('/');
    List<List<Bson>> sources = new ArrayList<>();
    if (!category.isEmpty()) {
      sources.add(newest("product.categories", category, OF_CATEGORY));
    }
    if (slash > 0) {
      sources.add(newest("product.categories", category.substring(0, slash), OF_CATEGORY_ABOVE));
    }
    if (!brand.isEmpty()) {
      sources.add(newest("product.brand", brand, OF_BRAND));
    }
    if (sources.isEmpty()) {
      return List.of();
    }
    List<Bson> stages = new ArrayList<>(sources.removeFirst());
    String collection = products.getNamespace().getCollectionName();
    for (List<Bson> source : sources) {
      stages.add(
          new Document("$unionWith", new Document("coll", collection).append("pipeline", source)));
    }
    stages.add(new Document("$match", Filters.ne("_id", document.getLong("_id"))));
    stages.add(new Document("$group", new Document("_id", "$_id").append("one", first("$$ROOT"))));
    stages.add(new Document("$replaceWith", "$one"));
    stages.add(new Document("$set", new Document("likeness", likeness(document, product))));
    stages.add(new Document("$sort", new Document("likeness", -1).append("_id", -1)));
    stages.add(new Document("$limit", size));
    stages.add(new Document("$project", ProductDocument.FIELDS));
    return products.aggregate(stages).into(new ArrayList<>());
  }

  private static List<Bson> newest(String field, String value, int count) {
    return List.of(
        new Document("$match", Filters.and(Wanted.VISIBLE, Filters.eq(field, value))),
        new Document("$sort", Ordering.NEWEST_FIRST),
        new Document("$limit", count));
  }

  private static Document likeness(Document document, Document product) {
    List<String> name = product.getList("nameTerms", String.class, List.of());
    return new Document(
        "$add",
        List.of(
            times(SAME_NAME, shareOf(name)),
            when(same("$product.category", product.get("category", "")), SAME_CATEGORY),
            when(same("$product.brand", product.get("brand", "")), SAME_BRAND),
            when(likePrice(document.get("priceUp", Long.MAX_VALUE)), LIKE_PRICE),
            when("$inStock", IN_STOCK),
            times(PER_STAR, "$ratingDown")));
  }

  /** The terms that both names have, of all that one of them has. */
  private static Document shareOf(List<String> name) {
    Document terms = new Document("$literal", name);
    Document both =
        new Document(
            "$size", new Document("$setIntersection", List.of("$product.nameTerms", terms)));
    Document either =
        new Document("$size", new Document("$setUnion", List.of("$product.nameTerms", terms)));
    return new Document("$divide", List.of(both, new Document("$max", List.of(1, either))));
  }

  private static Document likePrice(long price) {
    return new Document(
        "$and",
        List.of(
            new Document("$gte", List.of("$priceUp", price / 2)),
            new Document("$lte", List.of("$priceUp", price < Long.MAX_VALUE / 2 ? price * 2 : 0))));
  }

  private static Document same(String field, String value) {
    return new Document("$eq", List.of(field, new Document("$literal", value)));
  }

  private static Document when(Object condition, double then) {
    return new Document("$cond", List.of(condition, then, 0));
  }

  private static Document times(double weight, Object value) {
    return new Document("$multiply", List.of(weight, value));
  }

  private static Document first(Object value) {
    return new Document("$first", value);
  }
}
