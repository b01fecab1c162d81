package jangteo.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import jangteo.chassis.grpc.GrpcRefusal;
import jangteo.search.v1.ListingStatus;
import jangteo.search.v1.ProductReply;
import jangteo.search.v1.ProductRequest;
import jangteo.search.v1.ProductsInfoServiceGrpc;
import jangteo.search.v1.ProductsInfoServiceGrpc.ProductsInfoServiceBlockingStub;
import jangteo.search.v1.ProductsRequest;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What order asks when search is away (DESIGN.md section 5). */
class ProductsInfoTest {

  private static final long OTHER = RunningItem.ANOTHER_SELLER;

  private static RunningItem item;
  private static ManagedChannel channel;
  private static ProductsInfoServiceBlockingStub products;

  @BeforeAll
  static void start() {
    item = RunningItem.start();
    channel = ManagedChannelBuilder.forAddress("127.0.0.1", item.grpcPort()).usePlaintext().build();
    products = ProductsInfoServiceGrpc.newBlockingStub(channel);
  }

  @AfterAll
  static void stop() {
    channel.shutdownNow();
    item.close();
  }

  private static ProductRequest of(String productId, long sellerId) {
    return ProductRequest.newBuilder()
        .setProductId(Long.parseLong(productId))
        .setSellerId(sellerId)
        .build();
  }

  private static List<ProductReply> ask(ProductRequest... items) {
    return products
        .getProductsInfo(ProductsRequest.newBuilder().addAllItems(List.of(items)).build())
        .getItemsList();
  }

  private static void assertRefused(Status.Code code, String field, ProductRequest... items) {
    Throwable refused = catchThrowable(() -> ask(items));
    assertThat(Status.fromThrowable(refused).getCode()).isEqualTo(code);
    assertThat(Status.fromThrowable(refused).getDescription()).contains(field);
    assertThat(GrpcRefusal.violations(refused))
        .singleElement()
        .satisfies(violation -> assertThat(violation.getField()).isEqualTo(field));
  }

  @Test
  void answersEveryItemInOrder() {
    String first = item.product("신발");
    String second = item.product("양말");
    long shoes = item.listing(first, 59_000, 3);
    long socks = item.listing(second, 3_000, 7);

    List<ProductReply> replies = ask(of(second, 11), of(first, 11), of(second, 11));

    assertThat(replies).extracting(ProductReply::getListingId).containsExactly(socks, shoes, socks);
    assertThat(replies.get(1))
        .isEqualTo(
            ProductReply.newBuilder()
                .setProductId(Long.parseLong(first))
                .setProductName("신발")
                .setProductPrice(59_000)
                .setCurrency("KRW")
                .setProductQuantity(3)
                .setProductStatus(ListingStatus.LISTING_STATUS_ON_SALE)
                .setSellerId(RunningItem.SELLER)
                .setListingId(shoes)
                .setListingVersion(1)
                .build());
  }

  @Test
  void withoutASellerTheCheapestOnSaleWithStock() {
    String product = item.product("신발");
    item.listing(11, product, 1_000, 0, "ON_SALE");
    item.listing(12, product, 2_000, 5, "PAUSED");
    item.listing(13, product, 4_000, 5, "ON_SALE");
    item.listing(14, product, 3_000, 5, "ON_SALE");

    assertThat(ask(of(product, 0)).getFirst().getSellerId()).isEqualTo(14);
  }

  @Test
  void soldOutIsAnsweredNotRefused() {
    String product = item.product("신발");
    item.listing(11, product, 3_000, 0, "ON_SALE");
    item.listing(12, product, 1_000, 9, "PAUSED");

    assertThat(ask(of(product, 0)).getFirst().getSellerId()).isEqualTo(11);
    assertThat(ask(of(product, OTHER)).getFirst().getProductStatus())
        .isEqualTo(ListingStatus.LISTING_STATUS_PAUSED);
  }

  @Test
  void findsByExactName() {
    String name = "한정판 " + UUID.randomUUID();
    String product = item.product(name);
    item.listing(product, 5_000, 1);

    ProductRequest byName = ProductRequest.newBuilder().setProductName(name).build();
    assertThat(Long.toString(ask(byName).getFirst().getProductId())).isEqualTo(product);
    assertRefused(
        Status.Code.NOT_FOUND,
        "items[0].product_id",
        ProductRequest.newBuilder().setProductName(name + "x").build());
  }

  @Test
  void namesTheItemThatDoesNotExist() {
    String product = item.product("신발");
    item.listing(product, 5_000, 1);
    String unlisted = item.product("신발");

    assertRefused(Status.Code.NOT_FOUND, "items[1].product_id", of(product, 0), of("123", 0));
    assertRefused(Status.Code.NOT_FOUND, "items[0].seller_id", of(product, OTHER));
    assertRefused(Status.Code.NOT_FOUND, "items[0].seller_id", of(unlisted, 0));
  }

  @Test
  void refusesWhatAsksForNothingOrTooMuch() {
    assertRefused(Status.Code.INVALID_ARGUMENT, "items");
    assertRefused(
        Status.Code.INVALID_ARGUMENT,
        "items",
        Stream.generate(() -> of("1", 0)).limit(101).toArray(ProductRequest[]::new));
    assertRefused(
        Status.Code.INVALID_ARGUMENT, "items[0].product_id", ProductRequest.getDefaultInstance());
  }
}
