package jangteo.search.judged;

import com.mongodb.ConnectionString;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import jangteo.aggregate.domain.Change;
import jangteo.aggregate.store.Catalogue;
import jangteo.aggregate.store.Indexes;
import jangteo.chassis.text.TextAnalysis;
import jangteo.search.domain.Filter;
import jangteo.search.domain.Product;
import jangteo.search.domain.Query;
import jangteo.search.domain.Sort;
import jangteo.search.judged.JudgedList.Article;
import jangteo.search.store.BroadCounts;
import jangteo.search.store.Products;
import jangteo.search.words.Synonyms;
import jangteo.testkit.TestServers;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bson.Document;

/** The judged catalogue in a MongoDB of its own: as the shop keeps it, and as plain documents. */
final class JudgedCatalogue implements AutoCloseable {

  private static final int SIZE = 10;
  private static final TextAnalysis TEXT = new TextAnalysis();

  private final Map<Long, Article> articles =
      JudgedList.catalogue().stream().collect(Collectors.toMap(Article::id, Function.identity()));

  private final String uri = TestServers.mongo("judged");
  private final MongoClient client = MongoClients.create(uri);
  private final MongoDatabase database =
      client.getDatabase(new ConnectionString(uri).getDatabase());

  JudgedCatalogue() {
    new Indexes(database).create();
    Catalogue catalogue = new Catalogue(database, TEXT);
    catalogue.apply(articles.values().stream().flatMap(one -> changes(one).stream()).toList());
  }

  Map<Long, Article> articles() {
    return articles;
  }

  MongoDatabase database() {
    return database;
  }

  /** What search answers. */
  Function<String, List<Long>> search(boolean withSynonyms) {
    Products products =
        new Products(
            database,
            TEXT,
            withSynonyms ? Synonyms.load(TEXT) : Synonyms.NONE,
            new BroadCounts(database, Clock.systemUTC()));
    return typed ->
        products
            .search(new Query(text(typed), Sort.RELEVANCE, Optional.empty(), SIZE, false))
            .found()
            .products()
            .stream()
            .map(Product::id)
            .toList();
  }

  /**
   * What MongoDB's own text search answers, over the same fields.
   *
   * @param language of its stemming and stop words; {@code none} cuts at spaces alone
   * @param weights of the fields
   */
  Function<String, List<Long>> plainText(String name, String language, Document weights) {
    var plain = database.getCollection("plain_" + name);
    plain.insertMany(
        articles.values().stream()
            .map(
                one ->
                    new Document("_id", one.id())
                        .append("name", one.name())
                        .append("brand", one.brand())
                        .append("category", one.category())
                        .append("description", one.description())
                        .append("attributes", List.copyOf(one.attributes().values())))
            .toList());
    Document keys = new Document();
    List.of("name", "brand", "category", "description", "attributes")
        .forEach(field -> keys.append(field, "text"));
    plain.createIndex(keys, new IndexOptions().defaultLanguage(language).weights(weights));
    return typed ->
        plain
            .find(new Document("$text", new Document("$search", typed)))
            .projection(Projections.metaTextScore("score"))
            .sort(Sorts.metaTextScore("score"))
            .limit(SIZE)
            .map(found -> found.getLong("_id"))
            .into(new ArrayList<>());
  }

  static Filter text(String typed) {
    return new Filter(
        Optional.of(typed),
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalDouble.empty(),
        Optional.empty());
  }

  private static List<Change> changes(Article one) {
    Instant at = Instant.EPOCH.plusSeconds(one.id());
    return List.of(
        new Change.ProductWritten(
            one.id(),
            1,
            1,
            one.name(),
            one.description(),
            one.category(),
            one.brand(),
            one.attributes(),
            List.of(),
            at,
            at),
        new Change.ListingWritten(
            one.id() * 10, 1, one.id(), 7, one.price(), "KRW", "ON_SALE", one.stock(), 1, at));
  }

  @Override
  public void close() {
    database.drop();
    client.close();
  }
}
