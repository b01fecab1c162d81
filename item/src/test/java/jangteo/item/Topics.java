package jangteo.item;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import jangteo.item.v1.StockReply;
import jangteo.order.v1.OrderEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;

/** The topics that a test shares with the service. */
final class Topics implements AutoCloseable {

  private final String bootstrapServers;
  private final String prefix;
  private final KafkaProducer<String, byte[]> producer;

  Topics(String bootstrapServers, String prefix) {
    this.bootstrapServers = bootstrapServers;
    this.prefix = prefix;
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "acks", "all"),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  /** Says something of orders, as the saga does. */
  void tell(OrderEvent... events) {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (OrderEvent event : events) {
      sent.add(
          producer.send(
              new ProducerRecord<>(
                  prefix + "orders", event.getOrder().getOrderId(), event.toByteArray())));
    }
    for (Future<RecordMetadata> each : sent) {
      acknowledged(each);
    }
  }

  void put(String topic, String key, byte[] value) {
    acknowledged(producer.send(new ProducerRecord<>(prefix + topic, key, value)));
  }

  private static void acknowledged(Future<RecordMetadata> sent) {
    try {
      sent.get();
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Everything on the topic "stock" as soon as it has so many replies to the order. */
  List<StockReply> replies(UUID orderId, int count) {
    return replies(reply -> reply.getOrderId().equals(orderId.toString()), count);
  }

  List<StockReply> replies(Predicate<StockReply> wanted, int count) {
    return await("stock", StockReply.parser(), wanted, count);
  }

  /** The topic's messages that are wanted, as soon as there are so many; per key in order. */
  <T> List<T> await(String topic, Parser<T> parser, Predicate<T> wanted, int count) {
    return awaitRecords(
            topic, record -> record.value() != null && wanted.test(parse(parser, record)), count)
        .stream()
        .map(record -> parse(parser, record))
        .toList();
  }

  List<ConsumerRecord<String, byte[]>> awaitRecords(
      String topic, Predicate<ConsumerRecord<String, byte[]>> wanted, int count) {
    List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
    try (var consumer = consumer()) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .pollInterval(Duration.ofMillis(10))
          .untilAsserted(
              () -> {
                if (consumer.assignment().isEmpty()) {
                  List<TopicPartition> partitions =
                      consumer.partitionsFor(prefix + topic).stream()
                          .map(info -> new TopicPartition(info.topic(), info.partition()))
                          .toList();
                  if (partitions.isEmpty()) {
                    throw new AssertionError("no topic " + topic + " yet");
                  }
                  consumer.assign(partitions);
                  consumer.seekToBeginning(partitions);
                }
                for (var record : consumer.poll(Duration.ofMillis(100))) {
                  if (wanted.test(record)) {
                    found.add(record);
                  }
                }
                if (found.size() < count) {
                  throw new AssertionError(found.size() + " of " + count + " records on " + topic);
                }
              });
    }
    return found;
  }

  private KafkaConsumer<String, byte[]> consumer() {
    return new KafkaConsumer<>(
        Map.of(
            "bootstrap.servers",
            bootstrapServers,
            "isolation.level",
            "read_committed",
            "auto.offset.reset",
            "earliest"),
        new StringDeserializer(),
        new ByteArrayDeserializer());
  }

  /** The topic from its end on. */
  Tail tail(String topic) {
    return new Tail(prefix + topic);
  }

  /** What comes to a topic, read as it comes. */
  final class Tail implements AutoCloseable {

    private final KafkaConsumer<String, byte[]> consumer = consumer();

    private Tail(String topic) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToEnd(partitions);
      partitions.forEach(consumer::position);
    }

    /** Reads on until it has come; the rest of its poll is let go. */
    <T> void await(Parser<T> parser, Predicate<T> wanted) {
      Awaitility.await()
          .atMost(Duration.ofMinutes(5))
          .pollInterval(Duration.ofMillis(1))
          .until(
              () -> {
                boolean come = false;
                for (var record : consumer.poll(Duration.ofMillis(100))) {
                  come |= record.value() != null && wanted.test(parse(parser, record));
                }
                return come;
              });
    }

    @Override
    public void close() {
      consumer.close();
    }
  }

  /** The group's members that have partitions. */
  long readers(String name) {
    String group = prefix + name;
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      return admin.describeConsumerGroups(List.of(group)).all().get().get(group).members().stream()
          .filter(member -> !member.assignment().topicPartitions().isEmpty())
          .count();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  static String header(ConsumerRecord<?, ?> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  private static <T> T parse(Parser<T> parser, ConsumerRecord<String, byte[]> record) {
    try {
      return parser.parseFrom(record.value());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
