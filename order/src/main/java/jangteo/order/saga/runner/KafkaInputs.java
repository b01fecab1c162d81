package jangteo.order.saga.runner;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** Asks the broker where the saga's inputs stand. */
final class KafkaInputs implements InputGate.Inputs {
  private final Admin admin;
  private final String group;
  private final List<String> topics;

  KafkaInputs(Admin admin, String group, UnaryOperator<String> topic) {
    this.admin = admin;
    this.group = group;
    this.topics =
        List.of(
            topic.apply(SagaTopology.COMMANDS),
            topic.apply(SagaTopology.STOCK),
            topic.apply(SagaTopology.PAYMENTS));
  }

  @Override
  public CompletableFuture<Map<String, InputGate.Span>> of(int partition) {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    topics.forEach(topic -> latest.put(new TopicPartition(topic, partition), OffsetSpec.latest()));
    return admin
        .listOffsets(latest, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
        .all()
        .toCompletionStage()
        .thenCombine(
            admin
                .listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .toCompletionStage(),
            KafkaInputs::spans)
        .toCompletableFuture();
  }

  private static Map<String, InputGate.Span> spans(
      Map<TopicPartition, ListOffsetsResultInfo> ends,
      Map<TopicPartition, OffsetAndMetadata> committed) {
    Map<String, InputGate.Span> spans = new HashMap<>();
    ends.forEach(
        (partition, end) -> {
          OffsetAndMetadata offset = committed.get(partition);
          spans.put(
              partition.topic(),
              new InputGate.Span(offset == null ? 0 : offset.offset(), end.offset()));
        });
    return spans;
  }
}
