package jangteo.order.saga.runner;

import com.google.protobuf.MessageLite;
import jangteo.order.saga.Saga;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;

/**
 * Commands and both kinds of replies in, orders out, one processor between them. All four topics
 * have the order id as key and the same number of partitions, so that one task sees all of an
 * order.
 */
final class SagaTopology {
  static final String COMMANDS = "order-commands";
  static final String STOCK = "stock";
  static final String PAYMENTS = "payments";
  static final String ORDERS = "orders";

  private SagaTopology() {}

  /**
   * The topology.
   *
   * @param topic a topic's full name, with the prefix of a shared cluster
   */
  static Topology create(
      SagaSettings settings,
      UnaryOperator<String> topic,
      InputGate.Inputs inputs,
      SagaMetrics metrics) {
    Saga saga = new Saga(settings.deadline());
    ThreadLocal<CommitPace> paces =
        ThreadLocal.withInitial(() -> new CommitPace(settings.commitInterval()));
    Serializer<MessageLite> protobuf = (to, message) -> message.toByteArray();
    StringDeserializer key = new StringDeserializer();
    return new Topology()
        .addSource("commands", key, IncomingReader.ofCommands(), topic.apply(COMMANDS))
        .addSource("stock-replies", key, IncomingReader.ofStock(), topic.apply(STOCK))
        .addSource("payment-replies", key, IncomingReader.ofPayments(), topic.apply(PAYMENTS))
        .addProcessor(
            "saga",
            () -> new SagaProcessor(saga, settings, inputs, metrics, paces),
            "commands",
            "stock-replies",
            "payment-replies")
        .addStateStore(OrderStores.open(), "saga")
        .addStateStore(OrderStores.decided(), "saga")
        .addSink("orders", topic.apply(ORDERS), new StringSerializer(), protobuf, "saga");
  }
}
