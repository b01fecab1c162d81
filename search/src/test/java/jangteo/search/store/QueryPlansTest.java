package jangteo.search.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import jangteo.aggregate.domain.Change;
import jangteo.aggregate.store.Catalogue;
import jangteo.aggregate.store.Indexes;
import jangteo.chassis.text.TextAnalysis;
import jangteo.search.domain.Filter;
import jangteo.search.domain.Matching;
import jangteo.search.domain.Query;
import jangteo.search.domain.Result;
import jangteo.search.domain.Sort;
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
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every query that search sends is asked for its plan, as it was sent: none reads a whole
 * collection, none sorts more than it shows, none may take as long as it likes.
 */
final class QueryPlansTest {

  private static final long PRODUCTS = 1_200;
  private static final Set<String> QUERIES = Set.of("find", "aggregate", "count", "distinct");

  private static final TextAnalysis TEXT = new TextAnalysis();

  private static final Queue<BsonDocument> SENT = new ConcurrentLinkedQueue<>();

  private static MongoClient client;
  private static MongoDatabase database;
  private static BroadCounts broad;
  private static Products products;
  private static AuditStore audit;

  @BeforeAll
  static void fill() {
    ConnectionString uri = new ConnectionString(TestServers.mongo("plans"));
    client =
        MongoClients.create(
            MongoClientSettings.builder()
                .applyConnectionString(uri)
                .addCommandListener(new Recorder())
                .build());
    database = client.getDatabase(uri.getDatabase());
    new Indexes(database).create();
    new Catalogue(database, TEXT)
        .apply(LongStream.rangeClosed(1, PRODUCTS).boxed().flatMap(QueryPlansTest::one).toList());
    MongoDatabase limited = database.withTimeout(5, TimeUnit.SECONDS);
    broad = new BroadCounts(limited, Clock.systemUTC());
    products = new Products(limited, TEXT, Synonyms.load(TEXT), broad);
    audit = new AuditStore(limited);
  }

  @AfterAll
  static void close() {
    database.drop();
    client.close();
  }

  private static Stream<Change> one(long id) {
    Instant at = Instant.EPOCH.plusSeconds(id);
    String brand = id % 3 == 0 ? "소니" : "Bose";
    return Stream.of(
        new Change.SellerNamed(id % 7, 1, "판매자 " + id % 7),
        new Change.ProductWritten(
            id,
            1,
            1,
            brand + " 무선 이어폰 " + id,
            "설명 " + id,
            "electronics/audio/" + (id % 2 == 0 ? "earbuds" : "headphones"),
            brand,
            Map.of("색상", id % 5 == 0 ? "검정" : "흰색"),
            List.of(),
            at,
            at),
        new Change.ListingWritten(id, 1, id, id % 7, 1_000 * id, "KRW", "ON_SALE", id % 4, 1, at),
        new Change.RatingCounted(id, 1, List.of(0L, 0L, id % 3, id % 2, id)));
  }

  @Test
  void everyQueryUsesAnIndex() {
    searchByEverything();
    // What is known to be large is read otherwise.
    while (broad.countOne().isPresent()) {
      assertThat(SENT).isNotEmpty();
    }
    searchByEverything();
    products.suggest("이어ㅍ", 10);
    products.find(5);
    products.related(5, 20);
    products.offers(List.of(1L, 2L), List.of());
    products.offers(List.of(1L, 2L), List.of("소니 무선 이어폰 3"));
    products.offers(List.of(), List.of("소니 무선 이어폰 3", "없는 것"));
    audit.products(10, 50);
    audit.products(List.of(3L, 4L));

    List<BsonDocument> sent = List.copyOf(SENT);
    assertThat(sent).hasSizeGreaterThan(200);
    assertThat(sent).allSatisfy(query -> assertThat(query).containsKey("maxTimeMS"));
    for (BsonDocument query : sent) {
      BsonDocument plan = plan(query);
      assertThat(stages(plan, "COLLSCAN")).as("%s: %s", query, plan).isEmpty();
      assertThat(stages(plan, "SORT"))
          .as("%s: %s", query, plan)
          .allSatisfy(sort -> assertThat(sort).containsKey("limitAmount"));
      assertThat(sorts(plan))
          .as("%s: %s", query, plan)
          .allSatisfy(sort -> assertThat(sort).containsKey("limit"));
    }
  }

  private static void searchByEverything() {
    for (Filter filter : filters()) {
      for (Sort sort : Sort.values()) {
        Result first = products.search(new Query(filter, sort, Optional.empty(), 20, true));
        Matching matching =
            first.words().map(words -> words.matching()).orElse(Matching.EVERY_WORD);
        first
            .found()
            .next()
            .map(place -> new Query.Mark(place, matching))
            .ifPresent(end -> products.search(new Query(filter, sort, Optional.of(end), 20, true)));
      }
    }
  }

  @Test
  void aSearchLooksAtAThousandProductsHoweverManyThereAre() {
    for (Filter filter : List.of(Filter.ALL, filters().getFirst())) {
      SENT.clear();
      MongoDatabase limited = database.withTimeout(5, TimeUnit.SECONDS);
      Products fresh =
          new Products(
              limited, TEXT, Synonyms.load(TEXT), new BroadCounts(limited, Clock.systemUTC()));
      fresh.search(new Query(filter, Sort.CHEAPEST, Optional.empty(), 20, true));
      assertThat(SENT).isNotEmpty();
      for (BsonDocument query : SENT) {
        for (BsonDocument stats : executions(explain(query, "executionStats"))) {
          assertThat(stats.getInt32("nReturned").getValue()).isLessThanOrEqualTo(1_001);
        }
      }
    }
  }

  @Test
  void aSuggestionLooksAtAFewProductsHoweverManyBeginSo() {
    SENT.clear();
    products.suggest("이", 10);
    BsonDocument stats = explain(SENT.element(), "executionStats").getDocument("executionStats");
    assertThat(stats.getInt32("totalDocsExamined").getValue()).isLessThanOrEqualTo(100);
    assertThat(stats.getInt32("totalKeysExamined").getValue()).isLessThanOrEqualTo(200);
  }

  /** Each filter of the design alone, all of them at once, and words of every reading. */
  private static List<Filter> filters() {
    Optional<String> no = Optional.empty();
    OptionalLong any = OptionalLong.empty();
    OptionalDouble all = OptionalDouble.empty();
    Optional<Boolean> either = Optional.empty();
    List<Filter> filters = new ArrayList<>();
    for (String text : List.of("무선 이어폰", "소니", "무 선 이 어 폰", "이어", "sony earbu", "bose 냉장고", "??")) {
      filters.add(new Filter(Optional.of(text), no, no, any, any, any, all, either));
    }
    Optional<String> text = Optional.of("이어폰");
    Optional<String> category = Optional.of("electronics/audio");
    Optional<String> brand = Optional.of("소니");
    OptionalLong seller = OptionalLong.of(3);
    OptionalLong low = OptionalLong.of(10_000);
    OptionalLong high = OptionalLong.of(300_000);
    OptionalDouble rating = OptionalDouble.of(3);
    Optional<Boolean> stocked = Optional.of(true);
    filters.add(Filter.ALL);
    filters.add(new Filter(no, category, no, any, any, any, all, either));
    filters.add(new Filter(no, no, brand, any, any, any, all, either));
    filters.add(new Filter(no, no, no, seller, any, any, all, either));
    filters.add(new Filter(no, no, no, any, low, any, all, either));
    filters.add(new Filter(no, no, no, any, any, high, all, either));
    filters.add(new Filter(no, no, no, any, any, any, rating, either));
    filters.add(new Filter(no, no, no, any, any, any, all, stocked));
    filters.add(new Filter(no, no, no, any, any, any, all, Optional.of(false)));
    filters.add(new Filter(no, category, brand, seller, low, high, rating, stocked));
    filters.add(new Filter(text, category, brand, seller, low, high, rating, stocked));
    filters.add(new Filter(text, no, no, any, low, high, all, stocked));
    return filters;
  }

  private static BsonDocument plan(BsonDocument query) {
    return explain(query, "queryPlanner");
  }

  private static List<BsonDocument> executions(BsonDocument explained) {
    return all(explained)
        .filter(one -> one.containsKey("executionStats"))
        .map(one -> one.getDocument("executionStats"))
        .toList();
  }

  private static BsonDocument explain(BsonDocument sent, String verbosity) {
    BsonDocument query = new BsonDocument();
    query.putAll(sent);
    List.of("lsid", "$db", "$clusterTime", "$readPreference", "maxTimeMS", "readConcern")
        .forEach(query::remove);
    return database
        .runCommand(
            new BsonDocument("explain", query).append("verbosity", new BsonString(verbosity)))
        .toBsonDocument();
  }

  private static List<BsonDocument> stages(BsonValue plan, String stage) {
    return all(plan)
        .filter(one -> one.getString("stage", new BsonString("")).getValue().equals(stage))
        .toList();
  }

  /** Of pipelines: what the find layer does not sort, but for a facet's few ranges of prices. */
  private static List<BsonDocument> sorts(BsonValue plan) {
    return all(plan)
        .filter(one -> one.isDocument("$sort") && one.getDocument("$sort").containsKey("sortKey"))
        .map(one -> one.getDocument("$sort"))
        .filter(sort -> !sort.getDocument("sortKey").keySet().equals(Set.of("_id")))
        .toList();
  }

  /** The documents in it, but for plans that were not taken. */
  private static Stream<BsonDocument> all(BsonValue value) {
    return switch (value) {
      case BsonDocument one ->
          Stream.concat(
              Stream.of(one),
              one.entrySet().stream()
                  .filter(field -> !field.getKey().equals("rejectedPlans"))
                  .filter(field -> !field.getKey().equals("command"))
                  .flatMap(field -> all(field.getValue())));
      case BsonArray several -> several.stream().flatMap(QueryPlansTest::all);
      default -> Stream.empty();
    };
  }

  private static final class Recorder implements CommandListener {

    @Override
    public void commandStarted(CommandStartedEvent event) {
      boolean ofSearch = event.getCommand().containsKey("maxTimeMS") || products != null;
      if (QUERIES.contains(event.getCommandName()) && ofSearch) {
        SENT.add(event.getCommand().clone());
      }
    }
  }
}
