package jangteo.order;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import jangteo.chassis.Service;
import jangteo.chassis.ServiceConfig;
import jangteo.item.v1.StockOutcome;
import jangteo.item.v1.StockReply;
import jangteo.member.v1.MemberChanged;
import jangteo.order.domain.Purchase;
import jangteo.order.events.OrderMessages;
import jangteo.order.saga.Orders;
import jangteo.order.v1.OrderCommand;
import jangteo.payment.v1.PaymentOutcome;
import jangteo.payment.v1.PaymentReply;
import jangteo.testkit.Rest;
import jangteo.testkit.TestServers;
import jangteo.testkit.TestTokens;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;

/**
 * The order service on a real Kafka and MongoDB, and around it nobody: what item, payment and
 * member would say is written to their topics by the test, line by line.
 */
public final class Shop implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";

  final TestTokens tokens = new TestTokens();
  final String prefix = TestServers.prefix();
  final ScriptedCatalogue search = new ScriptedCatalogue();
  final ScriptedCatalogue item = new ScriptedCatalogue();
  private final Server searchServer;
  private final Server itemServer;
  private final Server memberServer;
  private final KafkaProducer<String, byte[]> producer;
  private final Map<String, String> settings = new HashMap<>();
  private Optional<Service> service = Optional.empty();

  /** With the service running in this JVM. */
  public Shop(Path stateDirectory, Map<String, String> overrides) throws IOException {
    this(overrides);
    settings.put("saga.state-dir", stateDirectory.toString());
    start();
  }

  /** Without the service: it runs in processes of its own, see {@link Instance}. */
  public Shop(Map<String, String> overrides) throws IOException {
    searchServer = serve(search);
    itemServer = serve(item);
    memberServer = serve(new ScriptedAddresses());
    settings.put("server.port", "0");
    settings.put("admin.port", "0");
    settings.put("mongo.uri", TestServers.mongo("orders"));
    settings.put("kafka.bootstrap-servers", TestServers.kafka());
    settings.put("kafka.prefix", prefix);
    settings.put("security.jwks-url", tokens.jwksUrl());
    settings.put("clients.search.target", LOOPBACK + ":" + searchServer.getPort());
    settings.put("clients.item.target", LOOPBACK + ":" + itemServer.getPort());
    settings.put("clients.member.target", LOOPBACK + ":" + memberServer.getPort());
    settings.put("clients.payment.target", LOOPBACK + ":1");
    settings.putAll(overrides);
    producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers(),
                ProducerConfig.LINGER_MS_CONFIG,
                0),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  /** Starts the service, on the topics and stores that are there; returns when it is ready. */
  void start() {
    Service started = Service.start("order", ServiceConfig.of(settings), Main::wire);
    service = Optional.of(started);
    Awaitility.await().atMost(Duration.ofMinutes(1)).until(started::ready);
  }

  /** The same, with its stores in this folder. */
  void startOn(Path stateDirectory) {
    settings.put("saga.state-dir", stateDirectory.toString());
    start();
  }

  /** How the service is configured, by full key. */
  Map<String, String> settings() {
    return Map.copyOf(settings);
  }

  /** Kafka's, of all that is around the service too. */
  String bootstrapServers() {
    return Objects.requireNonNull(settings.get("kafka.bootstrap-servers"));
  }

  /** Stops the service alone. */
  void stop() {
    running().close();
    service = Optional.empty();
  }

  private Service running() {
    return service.orElseThrow(() -> new IllegalStateException("the service does not run here"));
  }

  private static Server serve(BindableService service) throws IOException {
    return NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
        .addService(service)
        .build()
        .start();
  }

  Rest member(long memberId, String... roles) {
    return new Rest("http://" + LOOPBACK + ":" + running().port())
        .as(tokens.session(memberId, roles.length == 0 ? new String[] {"BUYER"} : roles));
  }

  /** This buyer orders a teapot, paid from the wallet, under a key of its own. */
  static Rest.Answer ordersTeapot(Rest buyer) {
    return ordersTeapot(buyer, UUID.randomUUID().toString());
  }

  /** The same under this idempotency key. */
  static Rest.Answer ordersTeapot(Rest buyer, String key) {
    return buyer.post(
        "/api/v1/orders",
        Map.of(
            "items",
            List.of(Map.of("productId", Long.toString(ScriptedCatalogue.TEAPOT), "quantity", 1)),
            "payment",
            Map.of("method", "WALLET")),
        "Idempotency-Key",
        key);
  }

  Rest nobody() {
    return new Rest("http://" + LOOPBACK + ":" + running().port());
  }

  Rest admin() {
    return new Rest("http://" + LOOPBACK + ":" + running().adminPort());
  }

  String uri() {
    return "http://" + LOOPBACK + ":" + running().port();
  }

  void accept(String orderId) {
    stock(orderId, StockOutcome.STOCK_OUTCOME_ACCEPTED, "");
    payment(orderId, PaymentOutcome.PAYMENT_OUTCOME_ACCEPTED, "");
  }

  void settle(String orderId) {
    stock(orderId, StockOutcome.STOCK_OUTCOME_COMMITTED, "");
    payment(orderId, PaymentOutcome.PAYMENT_OUTCOME_CAPTURED, "");
  }

  void stock(String orderId, StockOutcome outcome, String reason) {
    send(
        "stock",
        orderId,
        StockReply.newBuilder().setOrderId(orderId).setOutcome(outcome).setReason(reason).build());
  }

  void payment(String orderId, PaymentOutcome outcome, String reason) {
    send(
        "payments",
        orderId,
        PaymentReply.newBuilder()
            .setOrderId(orderId)
            .setOutcome(outcome)
            .setReason(reason)
            .build());
  }

  void member(MemberChanged member) {
    send("members", Long.toString(member.getMemberId()), member);
  }

  void erased(long memberId) {
    write(new ProducerRecord<>(prefix + "members", Long.toString(memberId), null));
  }

  private void send(String topic, String key, MessageLite message) {
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(prefix + topic, key, message.toByteArray());
    record.headers().add("ce_source", "/jangteo/test".getBytes(UTF_8));
    write(record);
  }

  /** Has these orders placed, past the API; returns when the broker has the commands. */
  void command(List<UUID> orders) {
    for (UUID order : orders) {
      Purchase purchase = Orders.teapot(order);
      OrderCommand.Builder command =
          OrderCommand.newBuilder().setOrderId(order.toString()).setCommandId("place " + order);
      command
          .getPlaceBuilder()
          .setRequestHash(ByteString.copyFrom(HexFormat.of().parseHex(purchase.requestHash())))
          .setOrder(OrderMessages.message(purchase));
      sendSoon("order-commands", order.toString(), command.build());
    }
    producer.flush();
  }

  /** Whether so many instances are in the saga's group, and each has partitions of it. */
  boolean isSharedBy(int instances) throws InterruptedException {
    Collection<MemberDescription> group = group();
    return group.size() == instances
        && group.stream().noneMatch(one -> one.assignment().topicPartitions().isEmpty());
  }

  /** How many instances are in the saga's group. */
  int members() throws InterruptedException {
    return group().size();
  }

  private Collection<MemberDescription> group() throws InterruptedException {
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()))) {
      String group = prefix + "order-saga";
      return admin
          .describeConsumerGroups(List.of(group))
          .describedGroups()
          .get(group)
          .get()
          .members();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A metric of the service in this JVM, summed over its tags; 0 while there is none. */
  double metric(String name) {
    return admin()
        .get("/observe/metrics")
        .body()
        .asText()
        .lines()
        .filter(line -> line.matches(name + "(\\{.*)? .*"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** Both accept; returns before the broker has it. */
  void acceptSoon(String orderId) {
    StockReply stock =
        StockReply.newBuilder()
            .setOrderId(orderId)
            .setOutcome(StockOutcome.STOCK_OUTCOME_ACCEPTED)
            .build();
    PaymentReply payment =
        PaymentReply.newBuilder()
            .setOrderId(orderId)
            .setOutcome(PaymentOutcome.PAYMENT_OUTCOME_ACCEPTED)
            .build();
    sendSoon("stock", orderId, stock);
    sendSoon("payments", orderId, payment);
  }

  private void sendSoon(String topic, String key, MessageLite message) {
    var unused = producer.send(new ProducerRecord<>(prefix + topic, key, message.toByteArray()));
  }

  private void write(ProducerRecord<String, byte[]> record) {
    try {
      producer.send(record).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  void stopSearch() {
    searchServer.shutdownNow();
  }

  void stopItem() {
    itemServer.shutdownNow();
  }

  void stopMember() {
    memberServer.shutdownNow();
  }

  @Override
  public void close() {
    service.ifPresent(Service::close);
    producer.close();
    searchServer.shutdownNow();
    itemServer.shutdownNow();
    memberServer.shutdownNow();
    tokens.close();
  }
}
