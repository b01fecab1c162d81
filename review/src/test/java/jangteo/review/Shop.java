package jangteo.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.helidon.config.Config;
import jangteo.chassis.Service;
import jangteo.chassis.ServiceConfig;
import jangteo.chassis.events.Event;
import jangteo.chassis.events.Kafka;
import jangteo.chassis.events.Record;
import jangteo.chassis.events.TopicFollower;
import jangteo.member.v1.MemberChanged;
import jangteo.order.v1.Fulfilment;
import jangteo.order.v1.Order;
import jangteo.order.v1.OrderEvent;
import jangteo.order.v1.OrderLine;
import jangteo.order.v1.OrderStatus;
import jangteo.review.v1.ReviewChanged;
import jangteo.testkit.DatabaseAddress;
import jangteo.testkit.Rest;
import jangteo.testkit.TestServers;
import jangteo.testkit.TestTokens;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The review service on real servers, and the parts of the shop around it: who orders, who is
 * called what.
 */
final class Shop implements AutoCloseable {
  /** Who sells what no other seller does. */
  static final long SELLER = 77;

  private final AtomicLong ids = new AtomicLong(1000);
  private final TestTokens tokens = new TestTokens();
  private final DatabaseAddress database = TestServers.database("review");
  private final String prefix = TestServers.prefix();
  private final List<Record> reviews = new CopyOnWriteArrayList<>();
  private final Kafka kafka;
  private final Service service;

  /** One for all tests that have no past of their own; it ends with the JVM. */
  static Shop shared() {
    return Shared.SHOP;
  }

  private static final class Shared {
    private static final Shop SHOP = new Shop(database -> {});
  }

  /** A shop that finds its database as it was left. */
  Shop(Consumer<DatabaseAddress> past) {
    past.accept(database);
    Map<String, String> config = new HashMap<>(database.settings());
    config.put("server.port", "0");
    config.put("admin.port", "0");
    config.put("kafka.bootstrap-servers", TestServers.kafka());
    config.put("kafka.prefix", prefix);
    config.put("security.issuer", tokens.issuer());
    config.put("security.audience", tokens.audience());
    config.put("security.jwks-url", tokens.jwksUrl());
    Config all = ServiceConfig.of(config);
    service = Service.start("review", all, Main::wire);
    kafka = Kafka.create("shop", all.get("kafka"), Clock.systemUTC());
    kafka.start();
    kafka.follow(TopicFollower.of("reviews").fromStart().each(reviews::add)).start();
    await().atMost(Duration.ofSeconds(30)).until(service::ready);
  }

  /** A number that no other product or member has. */
  long newId() {
    return ids.incrementAndGet();
  }

  Rest anybody() {
    return new Rest("http://127.0.0.1:" + service.port());
  }

  Rest member(long memberId) {
    return anybody().as(tokens.session(memberId, "BUYER"));
  }

  Rest withToken(String token) {
    return anybody().as(token);
  }

  TestTokens tokens() {
    return tokens;
  }

  Rest seller(long memberId) {
    return withToken(tokens.session(memberId, "BUYER", "SELLER"));
  }

  Rest admin() {
    return withToken(tokens.session(1, "BUYER", "ADMIN"));
  }

  /** A member who bought these products, known to the service. */
  long buyerOf(long... productIds) {
    return buyerFrom(SELLER, productIds);
  }

  /** A member who bought these products from this seller, known to the service. */
  long buyerFrom(long sellerId, long... productIds) {
    long memberId = newId();
    publish(confirmed(sellerId, memberId, productIds));
    for (long productId : productIds) {
      awaitVerified(memberId, productId, true);
    }
    return memberId;
  }

  /** So many members who bought this product, known to the service. */
  List<Long> buyersOf(long productId, int count) {
    List<Long> members = Stream.generate(this::newId).limit(count).toList();
    publish(
        members.stream()
            .map(memberId -> confirmed(SELLER, memberId, productId))
            .toArray(Event[]::new));
    members.forEach(memberId -> awaitVerified(memberId, productId, true));
    return members;
  }

  private static Event confirmed(long sellerId, long memberId, long... productIds) {
    OrderStatus status = OrderStatus.ORDER_STATUS_CONFIRMED;
    return order(sellerId, UUID.randomUUID(), 2, status, memberId, productIds);
  }

  /** The answer to a new review by this buyer. */
  JsonNode written(long productId, long buyer, int rating) {
    Rest.Answer answer = member(buyer).post(reviewsOf(productId), opinion(rating));
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
    return answer.body();
  }

  /** The path of a new review by somebody. */
  String reviewed(long productId) {
    return path(written(productId, buyerOf(productId), 5));
  }

  static String reviewsOf(long productId) {
    return "/api/v1/products/" + productId + "/reviews";
  }

  static String path(JsonNode review) {
    return "/api/v1/reviews/" + review.path("reviewId").asText();
  }

  static Map<String, Object> opinion(int rating) {
    return Map.of("rating", rating, "title", "아주 맛있어요", "text", "또 살 거예요. Will buy again.");
  }

  /** How many gave a product one star, two, …, five. */
  List<Long> stars(long productId) {
    JsonNode stars = anybody().get(reviewsOf(productId)).body().path("rating").path("stars");
    return IntStream.rangeClosed(1, 5)
        .mapToObj(rating -> stars.path(Integer.toString(rating)).asLong(-1))
        .toList();
  }

  static Event order(
      UUID orderId, long version, OrderStatus status, long memberId, long... productIds) {
    return order(SELLER, orderId, version, status, memberId, productIds);
  }

  static Event order(
      long sellerId,
      UUID orderId,
      long version,
      OrderStatus status,
      long memberId,
      long... productIds) {
    Order.Builder order =
        Order.newBuilder()
            .setOrderId(orderId.toString())
            .setVersion(version)
            .setStatus(status)
            .setBuyerId(memberId);
    for (long productId : productIds) {
      order.addLines(
          OrderLine.newBuilder()
              .setProductId(productId)
              .setSellerId(sellerId)
              .setQuantity(1)
              .setFulfilment(Fulfilment.FULFILMENT_OPEN));
    }
    return Event.of("orders", orderId.toString(), OrderEvent.newBuilder().setOrder(order).build());
  }

  static Event named(long memberId, long version, String name) {
    MemberChanged member =
        MemberChanged.newBuilder().setMemberId(memberId).setVersion(version).setName(name).build();
    return Event.of("members", Long.toString(memberId), member).withVersion(version);
  }

  static Event erased(long memberId) {
    return Event.tombstone("members", Long.toString(memberId), MemberChanged.class);
  }

  void publish(Event... events) {
    kafka.publisher().send(events);
  }

  void awaitVerified(long memberId, long productId, boolean verified) {
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> verified(memberId, productId) == verified);
  }

  /** What the topic {@code reviews} has said of a product so far, in its order. */
  List<ReviewChanged> told(long productId) {
    return reviews.stream()
        .filter(record -> record.value().isPresent())
        .map(record -> record.parse(ReviewChanged.parser()))
        .filter(changed -> changed.getProductId() == productId)
        .toList();
  }

  private boolean verified(long memberId, long productId) throws SQLException {
    String purchases =
        "SELECT COUNT(*) FROM purchases WHERE member_id = ? AND product_id = ? AND verifies";
    return number(purchases, memberId, productId) > 0;
  }

  /** The one number that a query of the service's schema answers. */
  long number(String sql, Object... args) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(database.url(), database.username(), database.password());
        PreparedStatement query = connection.prepareStatement(sql)) {
      for (int i = 0; i < args.length; i++) {
        query.setObject(i + 1, args[i]);
      }
      try (ResultSet rows = query.executeQuery()) {
        assertThat(rows.next()).isTrue();
        return rows.getLong(1);
      }
    }
  }

  @Override
  public void close() {
    kafka.stop();
    service.close();
    tokens.close();
  }
}
