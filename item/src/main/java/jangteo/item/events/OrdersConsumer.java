package jangteo.item.events;

import jangteo.chassis.events.BatchHandler;
import jangteo.chassis.events.Event;
import jangteo.chassis.events.Publisher;
import jangteo.chassis.events.Record;
import jangteo.chassis.telemetry.Traces;
import jangteo.item.domain.RecordedStep;
import jangteo.item.domain.StepRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Answers the topic {@code orders} on the topic {@code stock}. It returns when Kafka has the
 * answers, and only then are the offsets committed: after a crash in between, the recorded answers
 * are sent again.
 */
public final class OrdersConsumer implements BatchHandler {

  private final TakingSteps taking;
  private final Publisher publisher;

  public OrdersConsumer(TakingSteps taking, Publisher publisher) {
    this.taking = taking;
    this.publisher = publisher;
  }

  @Override
  public void handle(List<Record> records) {
    List<StepRequest> requests = new ArrayList<>();
    List<Optional<String>> traces = new ArrayList<>();
    for (Record record : records) {
      OrderRecords.step(record)
          .ifPresent(
              step -> {
                requests.add(step);
                traces.add(record.traceparent());
              });
    }
    if (requests.isEmpty()) {
      return;
    }
    List<RecordedStep> answers = taking.take(requests);
    List<Event> replies = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      replies.add(inTrace(StockReplies.of(answers.get(i)), traces.get(i)));
    }
    publisher.send(replies);
  }

  /** Each answer stays in its own order's trace, not in the batch's. */
  private static Event inTrace(Event event, Optional<String> trace) {
    return trace.map(parent -> event.withHeader(Traces.TRACEPARENT, parent)).orElse(event);
  }
}
