package jangteo.search.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import jangteo.chassis.grpc.GrpcRefusal;
import jangteo.search.Shop;
import jangteo.search.v1.ListingStatus;
import jangteo.search.v1.ProductReply;
import jangteo.search.v1.ProductRequest;
import jangteo.search.v1.ProductsInfoServiceGrpc;
import jangteo.search.v1.ProductsInfoServiceGrpc.ProductsInfoServiceBlockingStub;
import jangteo.search.v1.ProductsRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What an order is told of products, over gRPC. */
final class ProductsInfoTest {

  private static Shop shop;

  @BeforeAll
  static void open() {
    shop = new Shop();
    shop.product(1, "이어폰", "audio", "Sony");
    shop.listing(1, 11, 300, 5, "ON_SALE");
    shop.listing(1, 12, 200, 5, "ON_SALE");
    shop.listing(1, 13, 100, 0, "ON_SALE");
    shop.product(2, "품절", "audio", "Sony");
    shop.listing(2, 11, 900, 0, "ON_SALE");
    shop.listing(2, 12, 800, 0, "ON_SALE");
    shop.listing(2, 13, 100, 5, "PAUSED");
    shop.product(3, "아무도 안 파는 것", "audio", "Sony");
    shop.product(4, "쉬는 것", "audio", "Sony");
    shop.listing(4, 11, 100, 5, "PAUSED");
    shop.product(5, "같은 이름", "audio", "Sony");
    shop.listing(5, 11, 100, 0, "ON_SALE");
    shop.product(6, "같은 이름", "audio", "Sony");
    shop.listing(6, 11, 500, 1, "ON_SALE");
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                shop.rest().get("/api/v1/products/1").body().at("/listings").size() == 3
                    && shop.rest().get("/api/v1/products/2").body().at("/listings").size() == 3
                    && shop.rest().get("/api/v1/products/4").body().at("/listings").size() == 1
                    && shop.rest().get("/api/v1/products/6").body().at("/listings").size() == 1
                    && shop.rest().get("/api/v1/products/3").status() == 200);
  }

  @AfterAll
  static void close() {
    shop.close();
  }

  @Test
  void answersEveryItemInOrder() {
    List<ProductReply> replies =
        ask(byId(2, 0), byId(1, 11), byName("이어폰", 0), byId(1, 13), byId(2, 13), byId(1, 11));
    assertThat(replies)
        .extracting(ProductReply::getListingId)
        .containsExactly(212L, 111L, 112L, 113L, 213L, 111L);
    ProductReply one = replies.get(1);
    assertThat(one.getProductId()).isEqualTo(1);
    assertThat(one.getProductName()).isEqualTo("이어폰");
    assertThat(one.getProductPrice()).isEqualTo(300);
    assertThat(one.getCurrency()).isEqualTo("KRW");
    assertThat(one.getProductQuantity()).isEqualTo(5);
    assertThat(one.getProductStatus()).isEqualTo(ListingStatus.LISTING_STATUS_ON_SALE);
    assertThat(one.getSellerId()).isEqualTo(11);
    assertThat(one.getListingVersion()).isEqualTo(7);
  }

  @Test
  void withoutASellerTheCheapestWithStockAnswers() {
    assertThat(ask(byId(1, 0)).getFirst().getProductPrice()).isEqualTo(200);
  }

  @Test
  void withoutStockTheCheapestOnSaleAnswersSoThatTheOrderIsRejectedAndNotRefused() {
    assertThat(ask(byId(2, 0)).getFirst().getProductPrice()).isEqualTo(800);
    assertThat(ask(byId(4, 0)).getFirst().getProductStatus())
        .isEqualTo(ListingStatus.LISTING_STATUS_PAUSED);
  }

  @Test
  void ofProductsWithTheSameNameTheOneThatCanBeBoughtAnswers() {
    assertThat(ask(byName("같은 이름", 0)).getFirst().getProductId()).isEqualTo(6);
  }

  @Test
  void namesTheItemThatIsNotThere() {
    assertRefused(Status.Code.NOT_FOUND, "items[1].product_id", byId(1, 0), byId(99, 0));
    assertRefused(Status.Code.NOT_FOUND, "items[0].product_name", byName("이어", 0));
    assertRefused(Status.Code.NOT_FOUND, "items[1].seller_id", byId(1, 0), byId(1, 99));
    assertRefused(Status.Code.NOT_FOUND, "items[0].product_id", byId(3, 0));
  }

  @Test
  void refusesABatchThatIsNone() {
    assertRefused(Status.Code.INVALID_ARGUMENT, "items");
    assertRefused(Status.Code.INVALID_ARGUMENT, "items[1].product_id", byId(1, 0), byName("", 0));
    ProductRequest[] many = new ProductRequest[101];
    Arrays.fill(many, byId(1, 0));
    assertRefused(Status.Code.INVALID_ARGUMENT, "items", many);
    assertThat(ask(Arrays.copyOf(many, 100))).hasSize(100);
  }

  @Test
  void tellsHowLongACallTakes() {
    long[] nanos = new long[500];
    for (int i = 0; i < nanos.length; i++) {
      long start = System.nanoTime();
      ask(byId(1, 0));
      nanos[i] = System.nanoTime() - start;
    }
    long[] warm = Arrays.copyOfRange(nanos, 200, nanos.length);
    Arrays.sort(warm);
    System.out.printf(
        "getProductsInfo of one item: p50 %.2f ms, p99 %.2f ms%n",
        warm[warm.length / 2] / 1e6, warm[warm.length * 99 / 100] / 1e6);
    assertThat(warm).hasSize(300);
  }

  private static void assertRefused(Status.Code code, String field, ProductRequest... items) {
    StatusRuntimeException refusal =
        catchThrowableOfType(StatusRuntimeException.class, () -> ask(items));
    assertThat(refusal.getStatus().getCode()).isEqualTo(code);
    assertThat(refusal.getStatus().getDescription()).startsWith(field);
    assertThat(GrpcRefusal.violations(refusal))
        .extracting(v -> v.getField())
        .containsExactly(field);
  }

  private static List<ProductReply> ask(ProductRequest... items) {
    ProductsInfoServiceBlockingStub stub =
        ProductsInfoServiceGrpc.newBlockingStub(shop.channel())
            .withDeadlineAfter(10, TimeUnit.SECONDS);
    return stub.getProductsInfo(ProductsRequest.newBuilder().addAllItems(List.of(items)).build())
        .getItemsList();
  }

  private static ProductRequest byId(long product, long seller) {
    return ProductRequest.newBuilder().setProductId(product).setSellerId(seller).build();
  }

  private static ProductRequest byName(String name, long seller) {
    return ProductRequest.newBuilder().setProductName(name).setSellerId(seller).build();
  }
}
