package jangteo.item;

import static jangteo.item.v1.StockOutcome.STOCK_OUTCOME_ACCEPTED;
import static jangteo.item.v1.StockOutcome.STOCK_OUTCOME_COMMITTED;
import static jangteo.item.v1.StockOutcome.STOCK_OUTCOME_REJECTED;
import static jangteo.item.v1.StockOutcome.STOCK_OUTCOME_RELEASED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.StatusRuntimeException;
import jangteo.audit.v1.AuditFactsServiceGrpc;
import jangteo.audit.v1.ListListingsRequest;
import jangteo.audit.v1.ListingStock;
import jangteo.item.domain.Stock;
import jangteo.item.v1.StockReply;
import jangteo.order.v1.OrderEvent;
import jangteo.search.v1.ProductRequest;
import jangteo.search.v1.ProductsInfoServiceGrpc;
import jangteo.search.v1.ProductsRequest;
import jangteo.testkit.Rest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A product that its owner deletes is gone for everybody but the orders that have some of it. */
class DeletingTest {

  private static final Map<String, Object> TERMS =
      Map.of("price", Map.of("amount", AnOrder.PRICE, "currency", "KRW"), "quantity", 5);

  private static RunningItem item;
  private static Topics topics;
  private static ManagedChannel channel;

  @BeforeAll
  static void start() {
    item = RunningItem.start();
    topics = item.topics();
    channel = ManagedChannelBuilder.forAddress("127.0.0.1", item.grpcPort()).usePlaintext().build();
  }

  @AfterAll
  static void stop() {
    channel.shutdownNow();
    topics.close();
    item.close();
  }

  private static String path(String product) {
    return "/api/v1/items/" + product;
  }

  private static void delete(String product) {
    assertThat(item.seller().delete(path(product)).status()).isEqualTo(204);
  }

  private static List<ListingStock> listings(String product, boolean erased) {
    return AuditFactsServiceGrpc.newBlockingStub(channel)
        .listListings(
            ListListingsRequest.newBuilder()
                .addProductIds(Long.parseLong(product))
                .setIncludeErased(erased)
                .build())
        .next()
        .getListingsList();
  }

  @Test
  void itIsGoneAndSoAreItsListings() {
    Rest seller = item.seller();
    String product = item.product("낡은 우산");
    long mine = item.listing(product, AnOrder.PRICE, 5);
    long theirs =
        item.listing(RunningItem.ANOTHER_SELLER, product, AnOrder.PRICE + 1, 5, "ON_SALE");
    seller.patch(path(product), Map.of("brand", "비"));

    assertThat(seller.delete(path(product), "If-Match", "\"1\"").status()).isEqualTo(412);
    assertThat(item.as(RunningItem.ANOTHER_SELLER, "SELLER").delete(path(product)).status())
        .isEqualTo(403);
    assertThat(item.as(5, "BUYER").delete(path(product)).status()).isEqualTo(403);
    String key = UUID.randomUUID().toString();
    assertThat(seller.delete(path(product), "If-Match", "\"2\"", "Idempotency-Key", key).status())
        .isEqualTo(204);

    assertThat(seller.delete(path(product), "Idempotency-Key", key).status()).isEqualTo(204);
    assertThat(seller.delete(path(product)).status()).isEqualTo(404);
    assertThat(seller.patch(path(product), Map.of("brand", "해")).status()).isEqualTo(404);
    assertThat(seller.put(path(product) + "/listing", TERMS).status()).isEqualTo(404);
    assertThat(seller.post(path(product) + "/listing/stock", Map.of("delta", 1)).status())
        .isEqualTo(404);
    assertThatThrownBy(
            () ->
                ProductsInfoServiceGrpc.newBlockingStub(channel)
                    .getProductsInfo(
                        ProductsRequest.newBuilder()
                            .addItems(
                                ProductRequest.newBuilder().setProductId(Long.parseLong(product)))
                            .build()))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("NOT_FOUND");
    assertThat(listings(product, false)).isEmpty();
    assertThat(listings(product, true)).hasSize(2).allMatch(ListingStock::getErased);
    assertThat(tombstoneVersion("products", product)).isEqualTo("3");
    assertThat(tombstoneVersion("listings", Long.toString(mine))).isEqualTo("2");
    assertThat(tombstoneVersion("listings", Long.toString(theirs))).isEqualTo("2");
  }

  private static String tombstoneVersion(String topic, String key) {
    return Topics.header(
        topics
            .awaitRecords(topic, record -> record.key().equals(key) && record.value() == null, 1)
            .getFirst(),
        "version");
  }

  @Test
  void anAdminMayAndWhatNeverWasIsNotFound() {
    assertThat(item.as(99, "ADMIN").delete(path(item.product("책"))).status()).isEqualTo(204);
    assertThat(item.seller().delete(path("123")).status()).isEqualTo(404);
    assertThat(item.seller().delete(path("x")).status()).isEqualTo(404);
    assertThat(item.anybody().delete(path("123")).status()).isEqualTo(401);
  }

  @Test
  void ordersKeepWhatTheyHaveOfIt() {
    String product = item.product("마지막 의자");
    long a = item.listing(product, AnOrder.PRICE, 20);
    var bought = AnOrder.of(a, 5);
    var confirmed = AnOrder.of(a, 4);
    var cancelled = AnOrder.of(a, 3);
    topics.tell(bought.placed(), bought.confirmed(), confirmed.placed(), cancelled.placed());
    topics.replies(bought.id(), 2);
    topics.replies(confirmed.id(), 1);
    topics.replies(cancelled.id(), 1);

    delete(product);
    var late = AnOrder.of(a, 1);
    topics.tell(late.placed(), confirmed.confirmed(), cancelled.cancelled(), bought.returned());

    assertThat(topics.replies(late.id(), 1).getFirst().getReason()).isEqualTo("NOT_ON_SALE");
    assertThat(topics.replies(confirmed.id(), 2).getLast().getOutcome())
        .isEqualTo(STOCK_OUTCOME_COMMITTED);
    assertThat(topics.replies(cancelled.id(), 2).getLast().getOutcome())
        .isEqualTo(STOCK_OUTCOME_RELEASED);
    assertThat(topics.replies(bought.id(), 3).getLast().getOutcome())
        .isEqualTo(STOCK_OUTCOME_RELEASED);
    assertThat(item.stock(a)).isEqualTo(new Stock(16, 0, 9, 20, 0, 5));
    ListingStock audited = listings(product, true).getFirst();
    assertThat(audited.getHeldByOrders()).isZero();
    assertThat(audited.getSoldToOrders()).isEqualTo(9);
    assertThat(audited.getReturnedByOrders()).isEqualTo(5);
    nothingFollowsTheTombstoneOf(a);
  }

  /** What moves later is announced later: a movement of another listing tells when to look. */
  private static void nothingFollowsTheTombstoneOf(long listing) {
    long other = item.listing(item.product("다른 의자"), AnOrder.PRICE, 2);
    var order = AnOrder.of(other, 1);
    topics.tell(order.placed());
    topics.awaitRecords("listings", record -> record.key().equals(Long.toString(other)), 2);
    var heard =
        topics.awaitRecords("listings", record -> record.key().equals(Long.toString(listing)), 2);
    assertThat(heard.getLast().value()).isNull();
  }

  @Test
  void whileOrdersComeEachIsHeldOrRefused() throws InterruptedException {
    List<String> products = Stream.generate(() -> item.product("경매")).limit(6).toList();
    List<Long> listings =
        products.stream().map(product -> item.listing(product, AnOrder.PRICE, 1_000)).toList();
    List<AnOrder> orders = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      // Two lines in either order: locks taken in any order but the ids' would collide.
      long one = listings.get(i % 6);
      long other = listings.get((i + 1 + i % 5) % 6);
      orders.add(AnOrder.of(one, 1).and(other, 2).due(Instant.now().plusSeconds(600)));
    }

    List<Callable<Object>> calls = new ArrayList<>();
    calls.add(
        () -> {
          topics.tell(orders.stream().map(AnOrder::placed).toArray(OrderEvent[]::new));
          return true;
        });
    products
        .subList(0, 3)
        .forEach(product -> calls.add(() -> item.seller().delete(path(product)).status()));
    try (var threads = Executors.newFixedThreadPool(4)) {
      threads.invokeAll(calls);
    }

    Set<String> ids =
        orders.stream().map(order -> order.id().toString()).collect(Collectors.toSet());
    Map<String, StockReply> replies =
        topics.replies(reply -> ids.contains(reply.getOrderId()), orders.size()).stream()
            .collect(Collectors.toMap(StockReply::getOrderId, reply -> reply));
    assertThat(replies.values())
        .allMatch(
            reply ->
                reply.getOutcome() == STOCK_OUTCOME_ACCEPTED
                    || (reply.getOutcome() == STOCK_OUTCOME_REJECTED
                        && reply.getReason().equals("NOT_ON_SALE")
                        && listings.subList(0, 3).contains(reply.getListingId())));
    for (String product : products) {
      ListingStock stock = listings(product, true).getFirst();
      assertThat(stock.getReserved()).isEqualTo(stock.getHeldByOrders());
    }
    assertThat(
            products.stream()
                .mapToLong(product -> listings(product, true).getFirst().getReserved())
                .sum())
        .isEqualTo(
            3
                * replies.values().stream()
                    .filter(reply -> reply.getOutcome() == STOCK_OUTCOME_ACCEPTED)
                    .count());
  }

  @Test
  void noListingIsOpenedBehindTheDeletionsBack() throws Exception {
    List<String> products = Stream.generate(() -> item.product("문")).limit(30).toList();
    List<Callable<Integer>> calls = new ArrayList<>();
    for (String product : products) {
      calls.add(() -> item.seller().delete(path(product)).status());
      for (long seller = 31; seller <= 33; seller++) {
        Rest other = item.as(seller, "SELLER");
        calls.add(() -> other.put(path(product) + "/listing", TERMS).status());
      }
    }

    try (var threads = Executors.newFixedThreadPool(8)) {
      for (Future<Integer> status : threads.invokeAll(calls)) {
        assertThat(status.get()).isIn(201, 204, 404);
      }
    }

    assertThat(products).allMatch(product -> listings(product, false).isEmpty());
  }
}
