package jangteo.search.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ConnectionString;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import jangteo.aggregate.domain.Change;
import jangteo.aggregate.store.NewCatalogue;
import jangteo.aggregate.store.ReadModel;
import jangteo.chassis.text.TextAnalysis;
import jangteo.search.domain.Counts;
import jangteo.search.domain.Facets.Value;
import jangteo.search.domain.Filter;
import jangteo.search.domain.Product;
import jangteo.search.domain.Query;
import jangteo.search.domain.Result;
import jangteo.search.domain.Sort;
import jangteo.search.words.Synonyms;
import jangteo.testkit.TestServers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Results that are larger than what is looked at while somebody waits. */
final class LargeResultTest {

  private static final int SHOES = 1_200;
  private static final int HATS = 300;
  private static final int POSTERS = 60;

  /** So many of them are more than one document of MongoDB can hold. */
  private static final int DESCRIPTION = 300_000;

  private static MongoClient client;
  private static MongoDatabase database;
  private static TextAnalysis text;

  private final SetClock clock = new SetClock();
  private BroadCounts broad;
  private Products products;

  @BeforeAll
  static void fill() {
    ConnectionString uri = new ConnectionString(TestServers.mongo("large"));
    client = MongoClients.create(uri);
    database = client.getDatabase(uri.getDatabase());
    text = new TextAnalysis();
    NewCatalogue catalogue = new NewCatalogue(database, ReadModel.LIVE, text);
    catalogue.remember(List.of(new Change.SellerNamed(1, 1, "신발 가게")));
    Map<Long, Collection<Change.OfProduct>> all = new HashMap<>();
    for (long id = 1; id <= SHOES + HATS + POSTERS; id++) {
      all.put(id, one(id));
    }
    catalogue.write(all);
    catalogue.index();
  }

  @AfterAll
  static void close() {
    database.drop();
    client.close();
  }

  private static List<Change.OfProduct> one(long id) {
    boolean shoe = id <= SHOES;
    boolean hat = !shoe && id <= SHOES + HATS;
    Instant at = Instant.EPOCH.plusSeconds(id);
    return List.of(
        new Change.ProductWritten(
            id,
            1,
            1,
            (shoe ? "러닝화 " : hat ? "모자 " : "포스터 ") + id,
            shoe || hat ? "가벼운" : "가".repeat(DESCRIPTION / 3),
            shoe ? "shoes" : hat ? "hats" : "posters",
            id % 4 == 0 ? "Nike" : "한강",
            Map.of(),
            List.of(),
            at,
            at),
        new Change.ListingWritten(id, 1, id, 1 + id % 2, 1_000 * id, "KRW", "ON_SALE", 1, 1, at));
  }

  @BeforeEach
  void open() {
    broad = new BroadCounts(database, clock);
    products = new Products(database, text, Synonyms.load(text), broad);
  }

  @Test
  void theFirstAnswerSaysAtLeastSoManyAndTheNextOneHowMany() {
    Query shoes = inCategory("shoes", Sort.CHEAPEST, 20);

    Result first = products.search(shoes);

    assertThat(ids(first).getFirst()).isEqualTo(1);
    assertThat(first.found().products()).hasSize(20);
    assertThat(first.counts().total()).isEqualTo(1_000);
    assertThat(first.counts().exact()).isFalse();
    assertThat(first.counts().facetsExact()).isFalse();
    assertThat(first.counts().countedAt()).isEmpty();
    assertThat(counts(facet(first.counts())))
        .allSatisfy((brand, count) -> assertThat(count).isPositive());

    countAll();
    Result next = products.search(shoes);

    assertThat(ids(next)).isEqualTo(ids(first));
    assertThat(next.counts().total()).isEqualTo(SHOES);
    assertThat(next.counts().exact()).isTrue();
    assertThat(next.counts().facetsExact()).isTrue();
    assertThat(next.counts().countedAt()).contains(clock.instant());
    assertThat(counts(facet(next.counts())))
        .containsExactlyInAnyOrderEntriesOf(Map.of("Nike", SHOES / 4L, "한강", SHOES * 3L / 4));
    assertThat(counts(next.counts().facets().orElseThrow().category()))
        .containsEntry("shoes", (long) SHOES)
        .containsEntry("hats", (long) HATS);
    assertThat(next.counts().facets().orElseThrow().seller())
        .contains(new Value("1", "신발 가게", SHOES / 2));
  }

  @Test
  void aSmallResultIsExactAtOnceEvenIfOneOfItsFacetsIsNot() {
    Counts hats = products.search(inCategory("hats", Sort.NEWEST, 20)).counts();

    assertThat(hats.total()).isEqualTo(HATS);
    assertThat(hats.exact()).isTrue();
    // The other categories are counted in the whole catalogue.
    assertThat(hats.facetsExact()).isFalse();
    assertThat(hats.facets().orElseThrow().brand()).hasSize(2);
  }

  @Test
  void theWholeCatalogueIsCountedBeforeAnybodyAsks() {
    broad.countOne();
    Counts all = products.search(query(Filter.ALL, Sort.NEWEST, 1)).counts();

    assertThat(all.total()).isEqualTo(SHOES + HATS + POSTERS);
    assertThat(all.exact()).isTrue();
    assertThat(broad.countOne()).isEmpty();
  }

  @Test
  void countsAreMadeAnewWhenSomebodyAsksAndTheyAreOld() {
    broad.countOne();
    database.getCollection("products").updateOne(Filters.eq(1L), Updates.set("visible", false));
    try {
      Query all = query(Filter.ALL, Sort.NEWEST, 1);
      assertThat(products.search(all).counts().total()).isEqualTo(SHOES + HATS + POSTERS);
      assertThat(broad.countOne()).isEmpty();

      clock.forward(Duration.ofMinutes(6));

      assertThat(products.search(all).counts().total()).isEqualTo(SHOES + HATS + POSTERS);
      assertThat(broad.countOne()).isPresent();
      assertThat(products.search(all).counts().total()).isEqualTo(SHOES + HATS + POSTERS - 1);

      clock.forward(Duration.ofMinutes(16));

      assertThat(products.search(all).counts().exact()).isFalse();
    } finally {
      database.getCollection("products").updateOne(Filters.eq(1L), Updates.set("visible", true));
    }
  }

  @Test
  void pagesOfAFrequentWordRepeatNothingBeforeAndAfterItWasCounted() {
    List<Long> shown = new ArrayList<>();
    Optional<Query.Mark> after = Optional.empty();
    do {
      Query query = new Query(text("러닝화"), Sort.RELEVANCE, after, 100, true);
      Result page = products.search(query);
      shown.addAll(ids(page));
      after =
          page.found()
              .next()
              .map(end -> new Query.Mark(end, page.words().orElseThrow().matching()));
      if (shown.size() == 300) {
        countAll();
        assertThat(products.search(query).counts().total()).isEqualTo(SHOES);
      }
    } while (after.isPresent());

    assertThat(shown).doesNotHaveDuplicates().hasSizeBetween(1_000, SHOES);
    // Of a word that very many have, the newest are compared.
    assertThat(shown).contains((long) SHOES);
  }

  @Test
  void aPageThatIsTooLargeForOneDocumentIsReadAlone() {
    Result posters = products.search(inCategory("posters", Sort.DEAREST, 100));

    assertThat(ids(posters)).hasSize(POSTERS).startsWith((long) SHOES + HATS + POSTERS);
    assertThat(posters.counts().total()).isEqualTo(POSTERS);
    assertThat(counts(facet(posters.counts()))).containsEntry("Nike", POSTERS / 4L);
  }

  @Test
  void whoWantsNoFacetsGetsNone() {
    Query query = new Query(text("모자"), Sort.RELEVANCE, Optional.empty(), 5, false);
    Counts counts = products.search(query).counts();

    assertThat(counts.total()).isEqualTo(HATS);
    assertThat(counts.facets()).isEmpty();
  }

  @Test
  void whatCannotBeCountedInTimeIsNotTriedAgainAtOnce() {
    MongoDatabase hurried = database.withTimeout(1, TimeUnit.MILLISECONDS);
    BroadCounts never = new BroadCounts(hurried, clock);
    never.countOne();
    never.ask(Wanted.ALL);

    assertThat(never.find(Wanted.ALL)).isEmpty();
    assertThat(never.countOne()).isEmpty();
  }

  private void countAll() {
    while (broad.countOne().isPresent()) {
      // One after the other, until nothing waits.
    }
  }

  private static List<Value> facet(Counts counts) {
    return counts.facets().orElseThrow().brand();
  }

  private static Map<String, Long> counts(List<Value> values) {
    Map<String, Long> counts = new HashMap<>();
    values.forEach(value -> counts.put(value.value(), value.count()));
    return counts;
  }

  private static List<Long> ids(Result result) {
    return result.found().products().stream().map(Product::id).toList();
  }

  private static Query inCategory(String category, Sort sort, int size) {
    return query(filter(Optional.empty(), Optional.of(category)), sort, size);
  }

  private static Query query(Filter filter, Sort sort, int size) {
    return new Query(filter, sort, Optional.empty(), size, true);
  }

  private static Filter text(String typed) {
    return filter(Optional.of(typed), Optional.empty());
  }

  private static Filter filter(Optional<String> text, Optional<String> category) {
    return new Filter(
        text,
        category,
        Optional.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalDouble.empty(),
        Optional.empty());
  }

  /** Stands still until it is put forward. */
  private static final class SetClock extends Clock {

    private final AtomicReference<Instant> now =
        new AtomicReference<>(Instant.parse("2026-11-27T00:00:00Z"));

    void forward(Duration time) {
      now.updateAndGet(before -> before.plus(time));
    }

    @Override
    public Instant instant() {
      return now.get();
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
