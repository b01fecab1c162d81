package jangteo.order.saga.runner;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.InvalidProtocolBufferException;
import jangteo.item.v1.StockReply;
import jangteo.order.domain.Order;
import jangteo.order.events.OrderMessages;
import jangteo.order.saga.SagaEvent;
import jangteo.order.v1.OrderCommand;
import jangteo.payment.v1.PaymentReply;
import java.util.HexFormat;
import java.util.Optional;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads the records of one of the saga's three topics. What it cannot read it throws back as a
 * {@link SerializationException}, and {@link DeadLetters} puts it aside.
 */
final class IncomingReader implements Deserializer<Incoming> {

  @FunctionalInterface
  private interface Parser {
    Incoming parse(byte[] value, Optional<String> traceparent)
        throws InvalidProtocolBufferException;
  }

  private final Parser parser;

  private IncomingReader(Parser parser) {
    this.parser = parser;
  }

  static IncomingReader ofCommands() {
    return new IncomingReader(
        (value, traceparent) -> {
          OrderCommand command = OrderCommand.parseFrom(value);
          Optional<Order> recalled =
              command.hasRecalled()
                  ? Optional.of(OrderMessages.order(command.getRecalled()))
                  : Optional.empty();
          return new Incoming(event(command, traceparent.orElse("")), traceparent, recalled);
        });
  }

  static IncomingReader ofStock() {
    return new IncomingReader(
        (value, traceparent) ->
            new Incoming(event(StockReply.parseFrom(value)), traceparent, Optional.empty()));
  }

  static IncomingReader ofPayments() {
    return new IncomingReader(
        (value, traceparent) ->
            new Incoming(event(PaymentReply.parseFrom(value)), traceparent, Optional.empty()));
  }

  @Override
  public Incoming deserialize(String topic, byte[] value) {
    throw new SerializationException(topic + ": a record is read together with its headers");
  }

  @Override
  public Incoming deserialize(String topic, Headers headers, byte[] value) {
    if (value == null) {
      throw new SerializationException(topic + ": a record without a value");
    }
    Header traceparent = headers.lastHeader("traceparent");
    try {
      return parser.parse(
          value,
          traceparent == null
              ? Optional.empty()
              : Optional.of(new String(traceparent.value(), UTF_8)));
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      throw new SerializationException(topic + ": " + e.getMessage(), e);
    }
  }

  private static SagaEvent event(OrderCommand command, String traceparent) {
    String id = command.getCommandId();
    return switch (command.getCommandCase()) {
      case PLACE ->
          new SagaEvent.Place(
              id,
              OrderMessages.purchase(
                  command.getPlace().getOrder(),
                  HexFormat.of().formatHex(command.getPlace().getRequestHash().toByteArray()),
                  traceparent));
      case CANCEL -> new SagaEvent.Cancel(id, traceparent, command.getCancel().getMemberId());
      case SHIP -> new SagaEvent.Ship(id, traceparent, command.getShip().getSellerId());
      case DELIVER -> new SagaEvent.Deliver(id, traceparent, command.getDeliver().getSellerId());
      case RETURN -> new SagaEvent.Return(id, traceparent, command.getReturn().getMemberId());
      case COMMAND_NOT_SET -> throw new IllegalArgumentException("a command that says nothing");
    };
  }

  private static SagaEvent event(StockReply reply) {
    return switch (reply.getOutcome()) {
      case STOCK_OUTCOME_ACCEPTED -> new SagaEvent.StockAccepted();
      case STOCK_OUTCOME_REJECTED -> new SagaEvent.StockRejected(reply.getReason());
      case STOCK_OUTCOME_COMMITTED -> new SagaEvent.StockCommitted();
      case STOCK_OUTCOME_RELEASED -> new SagaEvent.StockReleased();
      case STOCK_OUTCOME_EXPIRED -> new SagaEvent.StockExpired();
      case STOCK_OUTCOME_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("a stock reply that says nothing");
    };
  }

  private static String part(PaymentReply reply) {
    return reply.getRefundId().isEmpty()
        ? ""
        : "%d %s, refund %s"
            .formatted(
                reply.getAmount().getAmount(),
                reply.getAmount().getCurrency(),
                reply.getRefundId());
  }

  private static SagaEvent event(PaymentReply reply) {
    return switch (reply.getOutcome()) {
      case PAYMENT_OUTCOME_ACCEPTED -> new SagaEvent.PaymentAccepted();
      case PAYMENT_OUTCOME_REJECTED -> new SagaEvent.PaymentRejected(reply.getReason());
      case PAYMENT_OUTCOME_CAPTURED -> new SagaEvent.PaymentCaptured();
      case PAYMENT_OUTCOME_CAPTURE_FAILED -> new SagaEvent.CaptureFailed(reply.getReason());
      case PAYMENT_OUTCOME_VOIDED -> new SagaEvent.PaymentVoided();
      case PAYMENT_OUTCOME_REFUNDED -> new SagaEvent.PaymentRefunded(part(reply));
      case PAYMENT_OUTCOME_EXPIRED -> new SagaEvent.PaymentExpired();
      case PAYMENT_OUTCOME_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("a payment reply that says nothing");
    };
  }
}
