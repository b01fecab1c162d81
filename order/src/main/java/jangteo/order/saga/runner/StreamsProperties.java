package jangteo.order.saga.runner;

import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** The figures with which Kafka Streams runs the saga; each is set on purpose (ADR 6). */
final class StreamsProperties {

  private StreamsProperties() {}

  static Properties create(
      SagaSettings settings, String bootstrapServers, String application, String topicPrefix) {
    Properties p = new Properties();
    p.put(StreamsConfig.APPLICATION_ID_CONFIG, application);
    p.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    p.put(StreamsConfig.STATE_DIR_CONFIG, settings.stateDirectory().toString());
    p.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
    p.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, settings.standbys());

    // The streams protocol ignores num.standby.replicas of the client.
    p.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");

    // CommitPace asks for commits before this interval is over. poll.ms bounds how long a thread
    // that has just processed sits in poll before it looks whether a commit is due.
    p.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    p.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, SagaSettings.BACKLOG_COMMIT.toMillis());
    p.put(StreamsConfig.POLL_MS_CONFIG, settings.commitInterval().toMillis());
    p.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 0);

    // A killed instance: its open transaction hides what comes after it from every reader until the
    // broker aborts it, and its partitions wait for the session to end. The transaction goes first.
    p.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), 5_000);
    p.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 6_000);
    p.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 1_500);
    p.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG), 30_000);

    p.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, DeadLetters.class);
    p.put(DeadLetters.TOPIC_PREFIX, topicPrefix);
    p.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
    p.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
    p.put(StreamsConfig.ENABLE_METRICS_PUSH_CONFIG, false);
    return p;
  }
}
