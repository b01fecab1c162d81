package jangteo.chassis.events;

import io.helidon.config.Config;
import jangteo.chassis.Part;
import jangteo.chassis.Readiness;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;

/**
 * The way to Kafka: names, clients, and the topics a service needs, which are created from {@code
 * jangteo/topics.yaml} in the background when they are missing.
 *
 * <p>It starts without a broker and is not ready until its topics are there. A broker that is lost
 * later leaves the service ready, but degraded: changes wait in the outbox meanwhile.
 */
public final class Kafka implements Part {

  private final String service;
  private final String bootstrapServers;
  private final String prefix;
  private final String instance;
  private final Clock clock;
  private final TopicKeeper topics;
  private final Publisher publisher;

  private Kafka(
      String service, String bootstrapServers, String prefix, String instance, Clock clock) {
    this.service = service;
    this.bootstrapServers = bootstrapServers;
    this.prefix = prefix;
    this.instance = instance;
    this.clock = clock;
    this.topics = new TopicKeeper(settings("topics"), prefix);
    this.publisher = new Publisher(this);
  }

  /**
   * The brokers that the configuration names.
   *
   * @param service the service's name: source of its events, its default group
   * @param kafka the configuration node {@code kafka}: bootstrap-servers, prefix, instance-id
   */
  public static Kafka create(String service, Config kafka, Clock clock) {
    return new Kafka(
        service,
        kafka.get("bootstrap-servers").asString().get(),
        kafka.get("prefix").asString().orElse(""),
        kafka.get("instance-id").asString().orElse(""),
        clock);
  }

  /** Sends events that need no outbox, such as the recorded answer of a saga step. */
  public Publisher publisher() {
    return publisher;
  }

  /**
   * Reads topics as the subscription says; to be started and stopped with the service. Its topics,
   * those of their dead letters and of replayed ones are created when they are missing.
   */
  public Part consume(Subscription subscription) {
    subscription
        .topics()
        .forEach(
            topic ->
                ensure(
                    topic, DeadLetters.topic(topic, service), DeadLetters.replays(topic, service)));
    return new SubscriptionLoop(this, subscription);
  }

  /** Follows a topic in memory; to be started and stopped with the service. */
  public Part follow(TopicFollower follower) {
    ensure(follower.topic());
    return follower.on(this);
  }

  /**
   * Creates topics that do not exist yet; until then the service is not ready.
   *
   * @throws IllegalArgumentException for a topic that {@code jangteo/topics.yaml} does not name
   */
  public void ensure(String... names) {
    for (String name : names) {
      topics.ensure(name);
    }
  }

  /** The topic's name in this cluster: with the configured prefix. */
  public String topic(String name) {
    return prefix + name;
  }

  /** The consumer group's name in this cluster. */
  public String group(String name) {
    return prefix + name;
  }

  /** The transactional or application id in this cluster. */
  public String transactionalId(String name) {
    return prefix + name;
  }

  /** The service's name. */
  public String service() {
    return service;
  }

  /** Where the brokers are. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** Whether all topics asked for are there. */
  public boolean topicsReady() {
    return topics.complete();
  }

  @Override
  public String name() {
    return "kafka";
  }

  @Override
  public void start() {
    topics.start();
  }

  @Override
  public void stop() {
    publisher.close();
    topics.stop();
  }

  @Override
  public Readiness readiness() {
    return topics.readiness();
  }

  Clock clock() {
    return clock;
  }

  /** A topic's name without the prefix. */
  public String plain(String topic) {
    return topic.substring(prefix.length());
  }

  Producer<byte[], byte[]> newProducer(String use) {
    return new KafkaProducer<>(settings(use).producer());
  }

  Producer<byte[], byte[]> newTransactionalProducer(String id) {
    return new KafkaProducer<>(settings(id).transactionalProducer(transactionalId(id)));
  }

  Consumer<byte[], byte[]> newConsumer(String group, String use, Duration patience) {
    return new KafkaConsumer<>(settings(use).consumer(group(group), instance, patience));
  }

  Consumer<byte[], byte[]> newFollower(String topic) {
    return new KafkaConsumer<>(settings("follower-" + topic).follower());
  }

  private ClientSettings settings(String use) {
    return new ClientSettings(bootstrapServers, service + "-" + use);
  }

  /** For clients of a service's own, such as Kafka Streams: addresses, timeouts, back-off. */
  public Map<String, Object> clientSettings(String use) {
    return settings(use).common();
  }
}
