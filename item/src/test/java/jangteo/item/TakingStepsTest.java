package jangteo.item;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import io.helidon.metrics.api.Metrics;
import io.helidon.metrics.api.Tag;
import io.helidon.metrics.api.Timer;
import jangteo.chassis.data.Database;
import jangteo.item.domain.Listing;
import jangteo.item.domain.ListingStatus;
import jangteo.item.domain.Outcome;
import jangteo.item.domain.Price;
import jangteo.item.domain.Product;
import jangteo.item.domain.RecordedStep;
import jangteo.item.domain.Step;
import jangteo.item.domain.StepRequest;
import jangteo.item.domain.Stock;
import jangteo.item.domain.StockChange;
import jangteo.item.events.TakingSteps;
import jangteo.item.store.ListingStore;
import jangteo.item.store.ProductStore;
import jangteo.item.store.StepStore;
import jangteo.item.store.StockHistory;
import jangteo.testkit.TestServers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a batch of steps writes, on the real database. */
class TakingStepsTest {

  private static final Price PRICE = new Price(12_900, "KRW");
  private static final long PRODUCT = 1;
  private static final ListingStore LISTINGS = new ListingStore();

  private static Database database;
  private static TakingSteps taking;
  private static long lastListing;

  @BeforeAll
  static void start() {
    Config config = Config.just(ConfigSources.create(TestServers.database("item").settings()));
    database = Database.create("item", config.get("db"), Clock.systemUTC());
    database.start();
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> database.readiness().ready());
    taking =
        new TakingSteps(
            database,
            LISTINGS,
            new StepStore(Duration.ofSeconds(30)),
            new StockHistory(),
            Duration.ofMillis(200),
            () -> {},
            Clock.systemUTC());
    var details = new Product.Details("우산", "", "", "", Map.of(), List.of());
    database.transact(
        tx -> new ProductStore().add(tx, Product.create(PRODUCT, 7, details, Instant.now())));
  }

  @AfterAll
  static void stop() {
    database.stop();
  }

  @Test
  void aBatchIsOneWriteOfListingsAndOneOfStepsWhateverItsSize() {
    List<Long> listings = listings(30, 1_000);
    List<StepRequest> orders = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      long one = listings.get(i % 30);
      long other = listings.get((i * 7 + 3) % 30);
      orders.add(order(List.of(other, one, one)));
    }
    long listingWrites = statements("UPDATE listings");
    long stepWrites = statements("INSERT order_steps");
    long historyWrites = statements("INSERT stock_changes");

    List<RecordedStep> answers = taking.take(orders);

    assertThat(answers)
        .hasSize(300)
        .allSatisfy(step -> assertThat(step.outcome()).isInstanceOf(Outcome.Accepted.class));
    assertThat(statements("UPDATE listings") - listingWrites).isEqualTo(1);
    assertThat(statements("INSERT order_steps") - stepWrites).isEqualTo(1);
    assertThat(reserved(listings)).isEqualTo(900);
    assertThat(statements("INSERT stock_changes")).isEqualTo(historyWrites);
  }

  @Test
  void theStocksHistoryOfABatchIsOneWrite() {
    List<Long> listings = listings(10, 1_000);
    List<StepRequest> orders = Stream.generate(() -> order(listings)).limit(50).toList();
    taking.take(orders);
    long before = statements("INSERT stock_changes");

    taking.take(next(orders, Step.COMMIT));
    taking.take(next(orders, Step.RELEASE));

    assertThat(statements("INSERT stock_changes") - before).isEqualTo(2);
    for (long listing : listings) {
      List<StockChange> history =
          database.read(sql -> new StockHistory().before(sql, listing, Long.MAX_VALUE, 0, 1_000));
      assertThat(history).hasSize(100);
      assertThat(history.getFirst().onHand()).isEqualTo(1_000);
      assertThat(history.stream().mapToLong(StockChange::delta).sum()).isZero();
    }
  }

  @Test
  void linesOfOneListingAreSummedFirst() {
    List<Long> listings = listings(1, 3);
    long it = listings.getFirst();
    assertThat(taking.take(List.of(order(List.of(it, it, it, it)))).getFirst().outcome())
        .isEqualTo(new Outcome.Rejected(Outcome.Reason.OUT_OF_STOCK, it));
    assertThat(taking.take(List.of(order(List.of(it, it, it)))).getFirst().outcome())
        .isEqualTo(new Outcome.Accepted(Map.of(it, 3L)));
  }

  @Test
  void otherListingsAreLeftAsTheyAre() {
    List<Long> listings = listings(3, 5);
    taking.take(List.of(order(List.of(listings.get(1)))));
    assertThat(stock(listings.get(0))).isEqualTo(Stock.of(5));
    assertThat(stock(listings.get(1))).isEqualTo(new Stock(5, 1, 0, 5, 0, 0));
    assertThat(stock(listings.get(2))).isEqualTo(Stock.of(5));
  }

  /** With locks in any other order, batches would collide and be done again: more statements. */
  @Test
  void batchesThatNameTheSameListingsInAnyOrderDoNotCollide() throws Exception {
    List<Long> listings = listings(20, 100_000);
    int batches = 60;
    long before = statements("SELECT listings");
    List<Callable<List<RecordedStep>>> work = new ArrayList<>();
    for (int i = 0; i < batches; i++) {
      List<Long> named = i % 2 == 0 ? listings : listings.reversed();
      work.add(() -> taking.take(List.of(order(named), order(named.reversed()))));
    }
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (Future<List<RecordedStep>> done : threads.invokeAll(work)) {
        assertThat(done.get()).hasSize(2);
      }
    }
    assertThat(statements("SELECT listings") - before).isEqualTo(batches);
    assertThat(reserved(listings)).isEqualTo(batches * 2L * listings.size());
  }

  private static StepRequest order(List<Long> listings) {
    return new StepRequest(
        UUID.randomUUID(),
        Step.RESERVE,
        listings.stream().map(id -> new StepRequest.Line(id, 1, PRICE)).toList(),
        Instant.now().plusSeconds(60));
  }

  private static List<StepRequest> next(List<StepRequest> orders, Step step) {
    return orders.stream()
        .map(order -> new StepRequest(order.orderId(), step, order.lines(), order.deadline()))
        .toList();
  }

  private static List<Long> listings(int count, long quantity) {
    List<Long> ids = LongStream.range(0, count).mapToObj(_ -> ++lastListing).toList();
    var terms = new Listing.Terms(PRICE, quantity, ListingStatus.ON_SALE);
    database.transact(
        tx -> ids.forEach(id -> LISTINGS.add(tx, Listing.open(id, PRODUCT, id, terms, now()))));
    return ids;
  }

  private static Instant now() {
    return Instant.now();
  }

  private static long reserved(List<Long> listings) {
    return listings.stream().mapToLong(id -> stock(id).reserved()).sum();
  }

  private static Stock stock(long listing) {
    return database.inTransaction(tx -> LISTINGS.lock(tx, List.of(listing)).getFirst().stock());
  }

  /** How often a statement was executed by this JVM. */
  private static long statements(String name) {
    return Metrics.globalRegistry().meters().stream()
        .filter(meter -> meter.id().name().equals("db.statement"))
        .filter(
            meter -> {
              for (Tag tag : meter.id().tags()) {
                if (tag.value().equals(name)) {
                  return true;
                }
              }
              return false;
            })
        .mapToLong(meter -> ((Timer) meter).count())
        .sum();
  }
}
