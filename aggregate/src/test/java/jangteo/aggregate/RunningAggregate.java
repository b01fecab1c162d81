package jangteo.aggregate;

import static org.awaitility.Awaitility.await;

import com.google.protobuf.Timestamp;
import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.ReadConcern;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
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
import jangteo.testkit.DatabaseAddress;
import jangteo.testkit.Rest;
import jangteo.testkit.ServiceProcess;
import jangteo.testkit.TestServers;
import jangteo.testkit.TestTokens;
import jangteo.type.v1.Money;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The sync worker, whole, on real servers, and the events that others would send it. */
public final class RunningAggregate implements AutoCloseable {

  private static final Timestamp TIME =
      Timestamp.newBuilder().setSeconds(1_767_225_600).setNanos(123_000_000).build();

  private final TestTokens tokens = new TestTokens();
  private final Map<String, String> settings = new HashMap<>();
  private final MongoClient client;
  private final MongoDatabase database;
  private final Kafka others;
  private final Optional<Service> item;
  private final Service service;

  private RunningAggregate(boolean withItem, Map<String, String> more) {
    String mongo = TestServers.mongo("search");
    settings.put("server.port", "0");
    settings.put("admin.port", "0");
    settings.put("grpc.port", "0");
    settings.put("mongo.uri", mongo);
    settings.put("kafka.bootstrap-servers", TestServers.kafka());
    settings.put("kafka.prefix", TestServers.prefix());
    settings.put("security.issuer", tokens.issuer());
    settings.put("security.audience", tokens.audience());
    settings.put("security.jwks-url", tokens.jwksUrl());
    settings.put("clients.item.target", "127.0.0.1:1");
    settings.putAll(more);
    client =
        MongoClients.create(
            MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(mongo))
                .readConcern(ReadConcern.MAJORITY)
                .writeConcern(WriteConcern.MAJORITY)
                .build());
    database = client.getDatabase(new ConnectionString(mongo).getDatabase());
    others = Kafka.create("others", ServiceConfig.of(settings).get("kafka"), Clock.systemUTC());
    others.ensure("products", "listings", "members", "reviews");
    others.start();
    item = withItem ? Optional.of(item()) : Optional.empty();
    item.ifPresent(its -> settings.put("clients.item.target", "127.0.0.1:" + its.grpcPort()));
    service = Service.start("aggregate", ServiceConfig.of(settings), Main::wire);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> others.topicsReady() && service.ready() && item.map(Service::ready).orElse(true));
  }

  private Service item() {
    DatabaseAddress schema = TestServers.database("item");
    Map<String, String> its = new HashMap<>(settings);
    its.putAll(schema.settings());
    its.put("stock.announce-every", "PT0.2S");
    its.put("stock.remind-after", "PT30S");
    its.put("stock.keep-steps", "P7D");
    its.put("import.at-once", "1");
    its.put("categories.count-every", "PT2S");
    return Service.start("item", ServiceConfig.of(its), jangteo.item.Main::wire);
  }

  /**
   * Starts it.
   *
   * @param more configuration keys and their values, beside those of the servers
   */
  public static RunningAggregate start(Map<String, String> more) {
    return new RunningAggregate(false, more);
  }

  /** Starts it with the catalogue's owner. */
  public static RunningAggregate startWithItem() {
    return new RunningAggregate(true, Map.of());
  }

  /** A second instance in a process of its own, which can be killed; reached at that port. */
  public ServiceProcess process(int port) {
    Map<String, String> its = new HashMap<>(settings);
    its.put("server.port", Integer.toString(port));
    return ServiceProcess.start(Main.class.getName(), its);
  }

  /** An admin's client of the instance at that port. */
  public Rest adminAt(int port) {
    return new Rest("http://127.0.0.1:" + port).as(tokens.token(1, "ADMIN"));
  }

  /** A client of item, as this seller. */
  public Rest seller(long memberId) {
    return new Rest("http://127.0.0.1:" + item.orElseThrow().port())
        .as(tokens.session(memberId, "SELLER"));
  }

  /** Its database. */
  public MongoDatabase database() {
    return database;
  }

  /** A client of it, as an admin. */
  public Rest admin() {
    return new Rest("http://127.0.0.1:" + service.port()).as(tokens.session(1, "ADMIN"));
  }

  /** A client of it, as a member who is none. */
  public Rest member() {
    return new Rest("http://127.0.0.1:" + service.port()).as(tokens.session(2, "SELLER"));
  }

  /** Its metrics, as Prometheus reads them. */
  public String metrics() {
    return new Rest("http://127.0.0.1:" + service.adminPort())
        .get("/observe/metrics")
        .body()
        .asText();
  }

  /** Sends these events, in order. */
  public void send(Event... events) {
    others.publisher().send(events);
  }

  /** A product. */
  public static Event product(long id, long version, String name) {
    ProductChanged product =
        ProductChanged.newBuilder()
            .setProductId(id)
            .setVersion(version)
            .setOwnerId(1)
            .setName(name)
            .setDescription("좋은 상품 " + id)
            .setCategory("audio")
            .setBrand("Sony")
            .putAttributes("색상", "검정")
            .addImages("https://images.example/" + id + ".jpg")
            .setCreatedAt(TIME)
            .setUpdatedAt(TIME)
            .build();
    return Event.of("products", Long.toString(id), product).withVersion(version);
  }

  /** A listing; its id is product × 100 + seller. */
  public static Event listing(long product, long seller, long sequence, long price) {
    ListingChanged listing =
        ListingChanged.newBuilder()
            .setListingId(product * 100 + seller)
            .setProductId(product)
            .setSellerId(seller)
            .setPrice(Money.newBuilder().setAmount(price).setCurrency("KRW"))
            .setStatus(ListingStatus.LISTING_STATUS_ON_SALE)
            .setAvailable(sequence % 5)
            .setVersion(1)
            .setSequence(sequence)
            .setUpdatedAt(TIME)
            .build();
    return Event.of("listings", Long.toString(listing.getListingId()), listing)
        .withVersion(sequence);
  }

  /** A seller. */
  public static Event seller(long id, long version, String shopName) {
    MemberChanged member =
        MemberChanged.newBuilder()
            .setMemberId(id)
            .setVersion(version)
            .setName("회원 " + id)
            .setShopName(shopName)
            .build();
    return Event.of("members", Long.toString(id), member).withVersion(version);
  }

  /** A review, and the counts of its product. */
  public static Event rating(long product, long version) {
    RatingCounts counts =
        RatingCounts.newBuilder()
            .setProductId(product)
            .setVersion(version)
            .setFour(version)
            .setFive(1)
            .build();
    ReviewChanged review =
        ReviewChanged.newBuilder()
            .setReviewId("review-" + product + "-" + version)
            .setVersion(1)
            .setProductId(product)
            .setProductRating(counts)
            .build();
    return Event.of("reviews", review.getReviewId(), review).withVersion(1);
  }

  /** A tombstone. */
  public static Event erased(String topic, long id, long version) {
    return Event.tombstone(topic, Long.toString(id), ProductChanged.class).withVersion(version);
  }

  @Override
  public void close() {
    service.close();
    item.ifPresent(Service::close);
    others.stop();
    database.drop();
    client.close();
    tokens.close();
  }
}
