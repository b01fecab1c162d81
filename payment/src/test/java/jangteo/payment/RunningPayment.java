package jangteo.payment;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import jangteo.chassis.Service;
import jangteo.chassis.ServiceConfig;
import jangteo.order.v1.Order;
import jangteo.order.v1.OrderEvent;
import jangteo.order.v1.OrderStatus;
import jangteo.order.v1.PaymentMethod;
import jangteo.order.v1.PaymentRequest;
import jangteo.payment.v1.PaymentOutcome;
import jangteo.payment.v1.PaymentReply;
import jangteo.testkit.DatabaseAddress;
import jangteo.testkit.Rest;
import jangteo.testkit.ServiceProcess;
import jangteo.testkit.TestServers;
import jangteo.testkit.TestTokens;
import jangteo.type.v1.Money;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The payment service inside this JVM, and the saga's side of it: orders in, replies out. */
final class RunningPayment implements AutoCloseable {

  private static final String READY = "/observe/health/ready";
  private static final Duration SOON = Duration.ofSeconds(30);

  private final Map<String, String> config = new HashMap<>();
  private final TestTokens tokens = new TestTokens();
  private final ConcurrentLinkedQueue<PaymentReply> replies = new ConcurrentLinkedQueue<>();
  private final KafkaProducer<String, byte[]> orders;
  private final Thread listening;
  private Service service;

  private RunningPayment(String... settings) {
    DatabaseAddress database = TestServers.database("payment");
    config.put("server.port", "0");
    config.put("admin.port", "0");
    config.put("grpc.port", "0");
    config.putAll(database.settings());
    config.put("kafka.bootstrap-servers", TestServers.kafka());
    config.put("kafka.prefix", TestServers.prefix());
    config.put("security.jwks-url", tokens.jwksUrl());
    config.put("provider.lease", "PT2S");
    for (int i = 0; i < settings.length; i += 2) {
      config.put(settings[i], settings[i + 1]);
    }
    service = begin();
    orders =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", TestServers.kafka(), "acks", "all", "linger.ms", "0"),
            new StringSerializer(),
            new ByteArraySerializer());
    listening = Thread.ofVirtual().start(this::listen);
  }

  /**
   * Starts it.
   *
   * @param settings configuration keys and values in turn
   */
  static RunningPayment start(String... settings) {
    return new RunningPayment(settings);
  }

  private Service begin() {
    Service begun = Service.start("payment", ServiceConfig.of(config), Main::wire);
    Rest admin = new Rest("http://127.0.0.1:" + begun.adminPort());
    await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(
            () -> assertThat(begun.ready()).as(() -> admin.get(READY).body().toString()).isTrue());
    return begun;
  }

  int grpcPort() {
    return service.grpcPort();
  }

  void restart() {
    away(() -> {});
  }

  /** Stops, does something meanwhile, and starts again. */
  void away(Runnable meanwhile) {
    service.close();
    meanwhile.run();
    service = begin();
  }

  /** A second instance beside this one, on the same schema and topics, that can be killed. */
  ServiceProcess another() {
    return ServiceProcess.start(Main.class.getName(), config);
  }

  /** The group's members that have partitions. */
  long readers() {
    String group = config.get("kafka.prefix") + "payment";
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", TestServers.kafka()))) {
      return admin.describeConsumerGroups(List.of(group)).all().get().get(group).members().stream()
          .filter(member -> !member.assignment().topicPartitions().isEmpty())
          .count();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  Rest member(long memberId, String... roles) {
    return new Rest("http://127.0.0.1:" + service.port()).as(tokens.session(memberId, roles));
  }

  Rest anyone() {
    return new Rest("http://127.0.0.1:" + service.port());
  }

  /** An order of 12,900 won, five seconds from its deadline. */
  static Order order(long buyer, PaymentMethod method, String token) {
    return order(buyer, method, token, Instant.now().plusSeconds(5));
  }

  static Order order(long buyer, PaymentMethod method, String token, Instant deadline) {
    return Order.newBuilder()
        .setOrderId(UUID.randomUUID().toString())
        .setVersion(1)
        .setBuyerId(buyer)
        .setTotal(Money.newBuilder().setAmount(12_900).setCurrency("KRW"))
        .setPayment(PaymentRequest.newBuilder().setMethod(method).setToken(token))
        .setDeadline(Timestamp.newBuilder().setSeconds(deadline.getEpochSecond()))
        .build();
  }

  static Order card(String token) {
    return order(7, PaymentMethod.PAYMENT_METHOD_CARD, token);
  }

  /** The saga says that the order has this status. */
  void say(Order order, OrderStatus status) {
    say(List.of(order), status);
  }

  /** The saga says that these orders have this status. */
  void say(List<Order> all, OrderStatus status) {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (Order order : all) {
      OrderEvent event =
          OrderEvent.newBuilder().setOrder(order.toBuilder().setStatus(status)).build();
      sent.add(
          orders.send(
              new ProducerRecord<>(
                  config.get("kafka.prefix") + "orders", order.getOrderId(), event.toByteArray())));
    }
    try {
      for (Future<RecordMetadata> each : sent) {
        each.get();
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** All answers so far, by order. */
  Map<String, List<PaymentOutcome>> outcomes() {
    return replies.stream()
        .collect(groupingBy(PaymentReply::getOrderId, mapping(PaymentReply::getOutcome, toList())));
  }

  /** All answers about the order so far. */
  List<PaymentReply> replies(Order order) {
    return replies.stream().filter(r -> r.getOrderId().equals(order.getOrderId())).toList();
  }

  /** Waits until the answers about the order are these, in this order. */
  void expect(Order order, PaymentOutcome... outcomes) {
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(
            () ->
                assertThat(replies(order))
                    .extracting(PaymentReply::getOutcome)
                    .containsExactly(outcomes));
  }

  /** Waits until this is one of the answers about the order. */
  void expectAmongOthers(Order order, PaymentOutcome outcome) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(replies(order)).extracting(PaymentReply::getOutcome).contains(outcome));
  }

  /** A connection of its own to payment's schema. */
  Connection connect() throws SQLException {
    return DriverManager.getConnection(
        config.get("db.url"), config.get("db.username"), config.get("db.password"));
  }

  long number(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  void change(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void listen() {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            TestServers.kafka(),
            "isolation.level",
            "read_committed",
            "auto.offset.reset",
            "earliest");
    try (var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      String topic = config.get("kafka.prefix") + "payments";
      await().atMost(SOON).until(() -> !consumer.partitionsFor(topic).isEmpty());
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (!Thread.currentThread().isInterrupted()) {
        for (var record : consumer.poll(Duration.ofMillis(100))) {
          replies.add(PaymentReply.parseFrom(record.value()));
        }
      }
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    } catch (org.apache.kafka.common.errors.InterruptException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    listening.interrupt();
    orders.close();
    service.close();
    tokens.close();
  }
}
