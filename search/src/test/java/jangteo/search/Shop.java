package jangteo.search;

import static java.util.Map.entry;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Timestamp;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.helidon.config.Config;
import jangteo.chassis.Service;
import jangteo.chassis.ServiceConfig;
import jangteo.chassis.events.Event;
import jangteo.chassis.events.Kafka;
import jangteo.item.v1.ListingChanged;
import jangteo.item.v1.ProductChanged;
import jangteo.member.v1.MemberChanged;
import jangteo.review.v1.RatingCounts;
import jangteo.review.v1.ReviewChanged;
import jangteo.search.v1.ListingStatus;
import jangteo.testkit.Rest;
import jangteo.testkit.TestServers;
import jangteo.testkit.TestTokens;
import jangteo.type.v1.Money;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A catalogue of a test's own: events go in as the other services send them, aggregate and search
 * run as they do in the shop, and REST and gRPC give the answers.
 */
public final class Shop implements AutoCloseable {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final TestTokens tokens = new TestTokens();
  private final Map<String, String> settings =
      Map.ofEntries(
          // nobody is asked: the tests write what item would say
          entry("clients.item.target", "127.0.0.1:1"),
          entry("server.port", "0"),
          entry("admin.port", "0"),
          entry("grpc.port", "0"),
          entry("mongo.uri", TestServers.mongo("search")),
          entry("kafka.bootstrap-servers", TestServers.kafka()),
          entry("kafka.prefix", TestServers.prefix()),
          entry("security.issuer", tokens.issuer()),
          entry("security.audience", tokens.audience()),
          entry("security.jwks-url", tokens.jwksUrl()));
  private final Config config = ServiceConfig.of(settings);
  private final AtomicLong versions = new AtomicLong();
  private final Kafka others = Kafka.create("others", config.get("kafka"), Clock.systemUTC());
  private final Service aggregate =
      Service.start("aggregate", config, jangteo.aggregate.Main::wire);
  private final Service search = Service.start("search", config, Main::wire);
  private final ManagedChannel channel =
      ManagedChannelBuilder.forAddress("127.0.0.1", search.grpcPort()).usePlaintext().build();

  /** Opens when both services are ready. */
  public Shop() {
    others.ensure("products", "listings", "members", "reviews");
    others.start();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> others.topicsReady() && aggregate.ready() && search.ready());
  }

  /** A client of search. */
  public Rest rest() {
    return new Rest(uri());
  }

  /** Where search serves REST. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + search.port());
  }

  /** A channel to search. */
  public ManagedChannel channel() {
    return channel;
  }

  /**
   * A product, made as many seconds after the start as its id says; a new version each time, which
   * is returned.
   */
  public long product(long id, String name, String category, String brand) {
    ProductChanged product =
        ProductChanged.newBuilder()
            .setProductId(id)
            .setVersion(versions.incrementAndGet())
            .setOwnerId(1)
            .setName(name)
            .setDescription("설명: " + name)
            .setCategory(category)
            .setBrand(brand)
            .putAttributes("색상", "검정")
            .addImages("https://images.example/" + id + ".jpg")
            .setCreatedAt(at(id))
            .setUpdatedAt(at(id))
            .build();
    send(Event.of("products", Long.toString(id), product).withVersion(product.getVersion()));
    return product.getVersion();
  }

  /** A listing whose id is product × 100 + seller. */
  public void listing(long product, long seller, long price, long available, String status) {
    ListingChanged listing =
        ListingChanged.newBuilder()
            .setListingId(product * 100 + seller)
            .setProductId(product)
            .setSellerId(seller)
            .setPrice(Money.newBuilder().setAmount(price).setCurrency("KRW"))
            .setStatus(ListingStatus.valueOf("LISTING_STATUS_" + status))
            .setAvailable(available)
            .setVersion(7)
            .setSequence(versions.incrementAndGet())
            .setUpdatedAt(at(product))
            .build();
    send(
        Event.of("listings", Long.toString(listing.getListingId()), listing)
            .withVersion(listing.getSequence()));
  }

  /** A seller's name. */
  public void seller(long id, String shopName) {
    MemberChanged member =
        MemberChanged.newBuilder()
            .setMemberId(id)
            .setVersion(versions.incrementAndGet())
            .setName("회원 " + id)
            .setShopName(shopName)
            .build();
    send(Event.of("members", Long.toString(id), member).withVersion(member.getVersion()));
  }

  /** So many reviews with one star, two, …, five. */
  public void rating(long product, long... stars) {
    RatingCounts counts =
        RatingCounts.newBuilder()
            .setProductId(product)
            .setVersion(versions.incrementAndGet())
            .setOne(stars[0])
            .setTwo(stars[1])
            .setThree(stars[2])
            .setFour(stars[3])
            .setFive(stars[4])
            .build();
    ReviewChanged review =
        ReviewChanged.newBuilder()
            .setReviewId("review-" + counts.getVersion())
            .setVersion(1)
            .setProductId(product)
            .setProductRating(counts)
            .build();
    send(Event.of("reviews", review.getReviewId(), review).withVersion(1));
  }

  /** The tombstone of a product, a listing or a member. */
  public void erase(String topic, long id) {
    send(
        Event.tombstone(topic, Long.toString(id), ProductChanged.class)
            .withVersion(versions.incrementAndGet()));
  }

  private void send(Event event) {
    others.publisher().send(event);
  }

  private static Timestamp at(long second) {
    return Timestamp.newBuilder().setSeconds(START.getEpochSecond() + second).build();
  }

  @Override
  public void close() {
    channel.shutdownNow();
    search.close();
    aggregate.close();
    others.stop();
    tokens.close();
  }
}
