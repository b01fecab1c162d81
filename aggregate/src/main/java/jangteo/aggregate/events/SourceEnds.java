package jangteo.aggregate.events;

import jangteo.aggregate.domain.Source;
import jangteo.chassis.events.Kafka;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;

/** Where topics end for those who read committed records. */
public final class SourceEnds implements AutoCloseable {

  private static final long SECONDS = 5;

  private final Kafka kafka;
  private Optional<Admin> admin = Optional.empty();

  /** In this cluster; connects with the first question. */
  public SourceEnds(Kafka kafka) {
    this.kafka = kafka;
  }

  /**
   * The ends of all partitions of these topics.
   *
   * @throws KafkaException when no broker says so within 5 s
   */
  public synchronized Map<Source, Long> of(Collection<String> topics) {
    try {
      Admin client = admin();
      List<String> names = topics.stream().map(kafka::topic).toList();
      Map<TopicPartition, OffsetSpec> asked =
          client
              .describeTopics(names)
              .allTopicNames()
              .get(SECONDS, TimeUnit.SECONDS)
              .values()
              .stream()
              .flatMap(topic -> partitions(topic).stream())
              .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
      Map<TopicPartition, ListOffsetsResultInfo> found =
          client
              .listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
              .all()
              .get(SECONDS, TimeUnit.SECONDS);
      Map<Source, Long> ends = new HashMap<>();
      found.forEach(
          (partition, end) ->
              ends.put(
                  new Source(kafka.plain(partition.topic()), partition.partition()), end.offset()));
      return ends;
    } catch (java.util.concurrent.TimeoutException e) {
      throw new TimeoutException(e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException why ? why : new KafkaException(e);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  /** Made on first use: a client cannot be made while the broker's name does not resolve. */
  private Admin admin() {
    if (admin.isEmpty()) {
      admin = Optional.of(Admin.create(kafka.clientSettings("ends")));
    }
    return admin.get();
  }

  private static List<TopicPartition> partitions(TopicDescription topic) {
    return topic.partitions().stream()
        .map(info -> new TopicPartition(topic.name(), info.partition()))
        .toList();
  }

  @Override
  public synchronized void close() {
    admin.ifPresent(open -> open.close(Duration.ofSeconds(1)));
    admin = Optional.empty();
  }
}
