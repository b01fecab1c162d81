package jangteo.order.saga.runner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import jangteo.item.v1.StockOutcome;
import jangteo.item.v1.StockReply;
import jangteo.order.domain.Purchase;
import jangteo.order.events.OrderMessages;
import jangteo.order.saga.Orders;
import jangteo.order.v1.CancelOrder;
import jangteo.order.v1.OrderCommand;
import jangteo.order.v1.OrderEvent;
import jangteo.order.v1.OrderStatus;
import jangteo.order.v1.OrderStep;
import jangteo.order.v1.PlaceOrder;
import jangteo.payment.v1.PaymentOutcome;
import jangteo.payment.v1.PaymentReply;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The processor over its stores, with time moved by the wall clock alone. */
class SagaTopologyTest {
  private static final Instant START = Instant.parse("2026-11-22T09:00:00Z");
  private static final UUID ORDER = UUID.fromString("0194c1f0-0000-8000-8000-000000000003");

  @TempDir Path stateDirectory;

  private Map<String, InputGate.Span> unread = Map.of();
  private TopologyTestDriver driver;
  private TestInputTopic<String, byte[]> commands;
  private TestInputTopic<String, byte[]> stock;
  private TestInputTopic<String, byte[]> payments;
  private TestOutputTopic<String, byte[]> orders;

  @BeforeEach
  void start() {
    SagaSettings settings =
        new SagaSettings(
            Duration.ofSeconds(5),
            Duration.ofHours(24),
            Duration.ofMillis(10),
            stateDirectory,
            1,
            0);
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "topology-test");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.toString());
    properties.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, DeadLetters.class);
    driver =
        new TopologyTestDriver(
            SagaTopology.create(
                settings,
                UnaryOperator.identity(),
                partition -> CompletableFuture.completedFuture(unread),
                new SagaMetrics()),
            properties,
            START);
    commands = input("order-commands");
    stock = input("stock");
    payments = input("payments");
    orders = output("orders");
  }

  @AfterEach
  void stop() {
    driver.close();
  }

  @Test
  void aPlacedOrderIsRecordedAndAnswered() {
    place(ORDER);

    OrderEvent recorded = event(orders.readRecord());
    assertThat(recorded.getOrder().getStatus()).isEqualTo(OrderStatus.ORDER_STATUS_PLACED);
    assertThat(recorded.getReply().getCommandId()).isEqualTo("place " + ORDER);
    assertThat(recorded.getReply().getRefusal()).isEmpty();
    assertThat(orders.isEmpty()).isTrue();
  }

  @Test
  void bothAcceptancesConfirmIt() {
    place(ORDER);
    accept(ORDER);

    OrderEvent decided = event(orders.readRecordsToList().getLast());
    assertThat(decided.getOrder().getStatus()).isEqualTo(OrderStatus.ORDER_STATUS_CONFIRMED);
    assertThat(decided.getOrder().getVersion()).isEqualTo(2);
  }

  @Test
  void theDeadlineComesWithoutAnyTraffic() {
    place(ORDER);
    orders.readRecord();

    driver.advanceWallClockTime(Duration.ofMillis(4_900));
    assertThat(orders.isEmpty()).isTrue();

    driver.advanceWallClockTime(Duration.ofMillis(100));
    driver.advanceWallClockTime(Duration.ofMillis(500));
    OrderEvent decided = event(orders.readRecord());
    assertThat(decided.getOrder().getStatus()).isEqualTo(OrderStatus.ORDER_STATUS_CANCELLED);
    assertThat(decided.getOrder().getReason()).isEqualTo("TIMEOUT");
  }

  @Test
  void aTimedOutOrderStaysInTheTraceThatPlacedIt() {
    place(ORDER);
    driver.advanceWallClockTime(Duration.ofSeconds(5));
    driver.advanceWallClockTime(Duration.ofMillis(500));

    List<TestRecord<String, byte[]>> told = orders.readRecordsToList();
    assertThat(told).hasSize(2);
    assertThat(told)
        .extracting(
            record ->
                new String(record.headers().lastHeader("traceparent").value(), UTF_8)
                    .substring(3, 35))
        .containsOnly("4bf92f3577b34da6a3ce929d0e0e4736");
  }

  @Test
  void anAnswerThatLiesInTheInputIsReadBeforeTheDeadlineFires() {
    place(ORDER);
    stock.pipeInput(ORDER.toString(), stockAccepted(ORDER).toByteArray());
    // The process stands still over the deadline, while payment's answer lies unread.
    unread = Map.of("payments", new InputGate.Span(0, 1));
    driver.advanceWallClockTime(Duration.ofSeconds(6));
    payments.pipeInput(ORDER.toString(), paymentAccepted(ORDER).toByteArray());
    driver.advanceWallClockTime(Duration.ofMillis(500));

    OrderEvent decided = event(orders.readRecordsToList().getLast());
    assertThat(decided.getOrder().getStatus()).isEqualTo(OrderStatus.ORDER_STATUS_CONFIRMED);
  }

  @Test
  void anAnswerThatLayThereAtTheDeadlineCountsHoweverSlowTheReading() {
    place(ORDER);
    stock.pipeInput(ORDER.toString(), stockAccepted(ORDER).toByteArray());
    unread = Map.of("payments", new InputGate.Span(0, 30));
    ticks(51);
    for (int others = 0; others < 29; others++) { // each tick reads one, and never stands still
      payments.pipeInput(UUID.randomUUID().toString(), paymentAccepted(ORDER).toByteArray());
      ticks(1);
    }
    payments.pipeInput(ORDER.toString(), paymentAccepted(ORDER).toByteArray());

    OrderEvent decided = event(orders.readRecordsToList().getLast());
    assertThat(decided.getOrder().getStatus()).isEqualTo(OrderStatus.ORDER_STATUS_CONFIRMED);
    assertThat(decided.getHistoryList())
        .extracting(OrderStep::getStep, OrderStep::getOutcome, OrderStep::getReason)
        .contains(tuple("RESUME", "LATE", "BEHIND"));
  }

  @Test
  void inputThatNeverComesIsNotWaitedForWithoutEnd() {
    place(ORDER);
    unread = Map.of("payments", new InputGate.Span(0, 1)); // the marker of a transaction, perhaps
    ticks(60);
    assertThat(orders.readRecordsToList()).hasSize(1);
    ticks(15);

    OrderEvent decided = event(orders.readRecordsToList().getLast());
    assertThat(decided.getOrder().getStatus()).isEqualTo(OrderStatus.ORDER_STATUS_CANCELLED);
  }

  @Test
  void anOrderThatWasDecidedLateBecauseTheProcessStoodStillSaysSo() {
    place(ORDER);
    driver.advanceWallClockTime(Duration.ofSeconds(8));

    OrderEvent decided = event(orders.readRecordsToList().getLast());
    assertThat(decided.getHistoryList())
        .extracting(OrderStep::getStep, OrderStep::getOutcome, OrderStep::getReason)
        .containsSubsequence(
            tuple("RESUME", "LATE", "STANDSTILL"), tuple("DECIDE", "CANCELLED", "TIMEOUT"));
  }

  @Test
  void anOrderThatWasDecidedInTimeHasNoExcuse() {
    place(ORDER);
    ticks(60);

    OrderEvent decided = event(orders.readRecordsToList().getLast());
    assertThat(decided.getOrder().getStatus()).isEqualTo(OrderStatus.ORDER_STATUS_CANCELLED);
    assertThat(decided.getHistoryList()).extracting(OrderStep::getStep).doesNotContain("RESUME");
  }

  @Test
  void aHandfulOfOrdersIsEndedPerTick() {
    int many = 700;
    for (int i = 0; i < many; i++) {
      place(new UUID(0x8000L, 0x8000000000000000L + i));
    }
    orders.readRecordsToList();
    driver.advanceWallClockTime(Duration.ofMillis(4_900));
    driver.advanceWallClockTime(Duration.ofMillis(100));

    int ended = orders.readRecordsToList().size();
    assertThat(ended).isBetween(50, 500);
    while (ended < many) {
      ticks(1);
      int now = orders.readRecordsToList().size();
      assertThat(now).isBetween(1, 500);
      ended += now;
    }
    assertThat(ended).isEqualTo(many);
  }

  @Test
  void aRecordThatNobodyCanReadGoesToTheDeadLetters() {
    TestOutputTopic<String, byte[]> letters = output("stock.order.dlt");

    stock.pipeInput(ORDER.toString(), new byte[] {1, 2, 3});

    TestRecord<String, byte[]> letter = letters.readRecord();
    assertThat(letter.value()).containsExactly(1, 2, 3);
    assertThat(letter.headers().lastHeader("dlt_reason")).isNotNull();
    place(ORDER);
    assertThat(orders.isEmpty()).isFalse();
  }

  @Test
  void anOrderThatWasLetGoIsTakenUpAgainFromTheCommand() {
    place(ORDER);
    driver.advanceWallClockTime(Duration.ofMillis(100));
    accept(ORDER);
    OrderEvent confirmed = event(orders.readRecordsToList().getLast());
    OrderCommand.Builder cancel =
        OrderCommand.newBuilder()
            .setOrderId(ORDER.toString())
            .setCommandId("cancel")
            .setCancel(CancelOrder.newBuilder().setMemberId(Orders.BUYER));
    driver.advanceWallClockTime(Duration.ofHours(25));
    driver.advanceWallClockTime(Duration.ofSeconds(2));

    commands.pipeInput(ORDER.toString(), cancel.build().toByteArray());
    assertThat(event(orders.readRecord()).getReply().getRefusal()).isEqualTo("UNKNOWN_ORDER");

    cancel.setRecalled(OrderMessages.stored(OrderMessages.order(confirmed, Orders.TRACEPARENT)));
    commands.pipeInput(ORDER.toString(), cancel.build().toByteArray());
    OrderEvent cancelled = event(orders.readRecord());
    assertThat(cancelled.getReply().getRefusal()).isEmpty();
    assertThat(cancelled.getOrder().getStatus()).isEqualTo(OrderStatus.ORDER_STATUS_CANCELLED);
    assertThat(cancelled.getOrder().getVersion()).isEqualTo(3);
  }

  private void ticks(int count) {
    for (int tick = 0; tick < count; tick++) {
      driver.advanceWallClockTime(Duration.ofMillis(100));
    }
  }

  private void place(UUID orderId) {
    Purchase purchase = Orders.teapot(orderId);
    byte[] command =
        OrderCommand.newBuilder()
            .setOrderId(orderId.toString())
            .setCommandId("place " + orderId)
            .setPlace(
                PlaceOrder.newBuilder()
                    .setRequestHash(
                        ByteString.copyFrom(HexFormat.of().parseHex(purchase.requestHash())))
                    .setOrder(OrderMessages.message(purchase)))
            .build()
            .toByteArray();
    RecordHeaders headers = new RecordHeaders();
    headers.add("traceparent", Orders.TRACEPARENT.getBytes(UTF_8));
    commands.pipeInput(new TestRecord<>(orderId.toString(), command, headers));
  }

  private void accept(UUID orderId) {
    stock.pipeInput(orderId.toString(), stockAccepted(orderId).toByteArray());
    payments.pipeInput(orderId.toString(), paymentAccepted(orderId).toByteArray());
  }

  private static MessageLite stockAccepted(UUID orderId) {
    return StockReply.newBuilder()
        .setOrderId(orderId.toString())
        .setOutcome(StockOutcome.STOCK_OUTCOME_ACCEPTED)
        .build();
  }

  private static MessageLite paymentAccepted(UUID orderId) {
    return PaymentReply.newBuilder()
        .setOrderId(orderId.toString())
        .setOutcome(PaymentOutcome.PAYMENT_OUTCOME_ACCEPTED)
        .build();
  }

  private static OrderEvent event(TestRecord<String, byte[]> record) {
    return Optional.of(record.value())
        .map(
            value -> {
              try {
                return OrderEvent.parseFrom(value);
              } catch (com.google.protobuf.InvalidProtocolBufferException e) {
                throw new AssertionError(e);
              }
            })
        .orElseThrow();
  }

  private TestInputTopic<String, byte[]> input(String topic) {
    return driver.createInputTopic(
        topic, new StringSerializer(), new ByteArraySerializer(), START, Duration.ofMillis(1));
  }

  private TestOutputTopic<String, byte[]> output(String topic) {
    return driver.createOutputTopic(topic, new StringDeserializer(), new ByteArrayDeserializer());
  }
}
