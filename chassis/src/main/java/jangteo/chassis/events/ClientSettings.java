package jangteo.chassis.events;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * How our Kafka clients behave; constants on purpose (design, section 6). Times in milliseconds.
 *
 * @param bootstrapServers where to find the brokers
 * @param clientId what the broker's logs show
 */
record ClientSettings(String bootstrapServers, String clientId) {

  /** Some hundred events: worth being handled at once. */
  private static final int MANY_BYTES = 100_000;

  /** Small, so that nothing hangs on a broker that is away, and its return is seen at once. */
  Map<String, Object> common() {
    Map<String, Object> all = new HashMap<>();
    all.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    all.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId);
    all.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    all.put(CommonClientConfigs.METADATA_MAX_AGE_CONFIG, 5_000L);
    all.put(CommonClientConfigs.RETRY_BACKOFF_MS_CONFIG, 50L);
    all.put(CommonClientConfigs.RETRY_BACKOFF_MAX_MS_CONFIG, 500L);
    all.put(CommonClientConfigs.RECONNECT_BACKOFF_MS_CONFIG, 50L);
    all.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500L);
    all.put(CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, 2_000L);
    return all;
  }

  Map<String, Object> admin() {
    Map<String, Object> all = common();
    all.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, 5_000);
    return all;
  }

  Map<String, Object> producer() {
    Map<String, Object> all = common();
    all.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    all.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    all.put(ProducerConfig.ACKS_CONFIG, "all");
    all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    all.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    all.put(ProducerConfig.LINGER_MS_CONFIG, 0L);
    all.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000L);
    all.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000);
    return all;
  }

  /**
   * A transaction that its owner left open stops readers behind it until it is fenced or this time
   * is over. Its records leave together when it is committed, which waits for no linger: many small
   * requests on the way there would only cost.
   */
  Map<String, Object> transactionalProducer(String transactionalId) {
    Map<String, Object> all = producer();
    all.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
    all.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 10_000);
    all.put(ProducerConfig.LINGER_MS_CONFIG, 20L);
    all.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024);
    return all;
  }

  Map<String, Object> follower() {
    Map<String, Object> all = common();
    all.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    all.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    all.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    all.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 5_000);
    return all;
  }

  /**
   * The session is as short as brokers allow by default (6 s), so that a killed instance's
   * partitions move soon; a rebalance leaves alone what need not move. An instance that is known by
   * name and comes back within its session goes on with its own partitions at once (KIP-345).
   *
   * @param instance the name that the instance keeps when it is started again; empty when it has
   *     none
   * @param patience how long the broker holds records back until there are many; zero: not at all
   */
  Map<String, Object> consumer(String group, String instance, Duration patience) {
    Map<String, Object> all = follower();
    if (patience.isPositive()) {
      all.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, MANY_BYTES);
      all.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, (int) patience.toMillis());
    }
    if (!instance.isEmpty()) {
      all.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, instance + "-" + clientId);
    }
    all.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    all.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6_000);
    all.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 1_500);
    all.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, 120_000);
    all.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    return all;
  }
}
