package jangteo.item;

import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import jangteo.chassis.Service;
import jangteo.chassis.ServiceConfig;
import jangteo.chassis.data.Database;
import jangteo.item.domain.Stock;
import jangteo.testkit.DatabaseAddress;
import jangteo.testkit.Rest;
import jangteo.testkit.ServiceProcess;
import jangteo.testkit.TestServers;
import jangteo.testkit.TestTokens;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;

/** The item service, whole, on real servers: a schema and topics of its own. */
final class RunningItem implements AutoCloseable {

  static final long SELLER = 11;
  static final long ANOTHER_SELLER = 12;

  private final Map<String, String> config;
  private final DatabaseAddress database;
  private final TestTokens tokens;
  private Service service;
  private final boolean first;

  private RunningItem(
      Map<String, String> config, DatabaseAddress database, TestTokens tokens, boolean first) {
    this.config = config;
    this.database = database;
    this.tokens = tokens;
    this.first = first;
    this.service = begin();
  }

  private Service begin() {
    Service begun = Service.start("item", ServiceConfig.of(config), Main::wire);
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(begun::ready);
    return begun;
  }

  /** Stops, does something meanwhile, and starts again. */
  void away(Runnable meanwhile) {
    service.close();
    meanwhile.run();
    service = begin();
  }

  /**
   * Starts it.
   *
   * @param settings configuration keys and values in turn
   */
  static RunningItem start(String... settings) {
    DatabaseAddress database = TestServers.database("item");
    TestTokens tokens = new TestTokens();
    Map<String, String> config = new HashMap<>();
    config.put("server.port", "0");
    config.put("admin.port", "0");
    config.put("grpc.port", "0");
    config.putAll(database.settings());
    config.put("kafka.bootstrap-servers", TestServers.kafka());
    config.put("kafka.prefix", TestServers.prefix());
    config.put("security.issuer", tokens.issuer());
    config.put("security.audience", tokens.audience());
    config.put("security.jwks-url", tokens.jwksUrl());
    for (int i = 0; i < settings.length; i += 2) {
      config.put(settings[i], settings[i + 1]);
    }
    return new RunningItem(config, database, tokens, true);
  }

  /** A second instance beside this one, on the same schema and topics. */
  RunningItem another() {
    return new RunningItem(config, database, tokens, false);
  }

  /** A second instance in a process of its own, which can be killed. */
  ServiceProcess process() {
    return ServiceProcess.start(Main.class.getName(), config);
  }

  /** The same, to be reached at that port. */
  ServiceProcess process(int port) {
    Map<String, String> its = new HashMap<>(config);
    its.put("server.port", Integer.toString(port));
    return ServiceProcess.start(Main.class.getName(), its);
  }

  Rest anybody() {
    return new Rest(uri());
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + service.port());
  }

  Rest as(long memberId, String... roles) {
    return anybody().as(tokens.session(memberId, roles));
  }

  Rest seller() {
    return as(SELLER, "BUYER", "SELLER");
  }

  TestTokens tokens() {
    return tokens;
  }

  int grpcPort() {
    return service.grpcPort();
  }

  Topics topics() {
    return new Topics(config.get("kafka.bootstrap-servers"), config.get("kafka.prefix"));
  }

  /** A new product of the seller; its id. */
  String product(String name) {
    Rest.Answer answer = seller().post("/api/v1/items", Map.of("name", name));
    if (answer.status() != 201) {
      throw new AssertionError(answer);
    }
    return answer.body().get("productId").asText();
  }

  /** The seller's listing of the product, on sale; its id. */
  long listing(String productId, long amount, long quantity) {
    return listing(SELLER, productId, amount, quantity, "ON_SALE");
  }

  long listing(long sellerId, String productId, long amount, long quantity, String status) {
    Rest.Answer answer =
        as(sellerId, "SELLER")
            .put(
                "/api/v1/items/" + productId + "/listing",
                Map.of(
                    "price",
                    Map.of("amount", amount, "currency", "KRW"),
                    "quantity",
                    quantity,
                    "status",
                    status));
    if (answer.status() != 201 && answer.status() != 200) {
      throw new AssertionError(answer);
    }
    return answer.body().get("listingId").asLong();
  }

  /** The listing's stock as the database has it. */
  Stock stock(long listingId) {
    try (Connection connection = connect();
        PreparedStatement statement =
            connection.prepareStatement(
                """
                SELECT on_hand, reserved, sold, initial, adjusted, restocked FROM listings WHERE listing_id = ?""")) {
      statement.setLong(1, listingId);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return new Stock(
            row.getLong(1),
            row.getLong(2),
            row.getLong(3),
            row.getLong(4),
            row.getLong(5),
            row.getLong(6));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A way of its own to the service's schema; the caller stops it. */
  Database openDatabase() {
    Config config = Config.just(ConfigSources.create(database.settings()));
    Database opened = Database.create("item", config.get("db"), Clock.systemUTC());
    opened.start();
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> opened.readiness().ready());
    return opened;
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(database.url(), database.username(), database.password());
  }

  @Override
  public void close() {
    service.close();
    if (first) {
      tokens.close();
    }
  }
}
