package jangteo.chassis.events;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import jangteo.chassis.telemetry.Traces;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Calls a handler in the right trace (design, section 10): one record in a child of its own trace;
 * a batch in a span of its own that links to one child span per record.
 */
final class HandlerCall {

  private final Subscription subscription;
  private final String group;

  HandlerCall(Subscription subscription, String group) {
    this.subscription = subscription;
    this.group = group;
  }

  void handle(List<Record> unit) throws Exception {
    List<Span> children = new ArrayList<>(unit.size());
    List<Record> records = new ArrayList<>(unit.size());
    for (Record record : unit) {
      Span child = child(record);
      children.add(child);
      records.add(record.inTrace(traceparent(child)));
    }
    Span around = subscription.batch() ? batch(children) : children.getFirst();
    try (Scope scope = around.makeCurrent()) {
      subscription.handler().handle(records);
    } catch (Exception | Error e) {
      around.recordException(e);
      around.setStatus(StatusCode.ERROR);
      children.forEach(child -> child.setStatus(StatusCode.ERROR));
      throw e;
    } finally {
      children.forEach(Span::end);
      around.end();
    }
  }

  private Span child(Record record) {
    return Traces.tracer()
        .spanBuilder("handle " + record.topic())
        .setSpanKind(SpanKind.CONSUMER)
        .setParent(record.traceparent().map(Traces::context).orElseGet(Context::root))
        .setAttribute("messaging.system", "kafka")
        .setAttribute("messaging.destination.name", record.topic())
        .setAttribute("messaging.consumer.group.name", group)
        .startSpan();
  }

  private Span batch(List<Span> children) {
    SpanBuilder batch =
        Traces.tracer()
            .spanBuilder("handle batch " + group)
            .setSpanKind(SpanKind.CONSUMER)
            .setNoParent()
            .setAttribute("messaging.batch.message_count", (long) children.size());
    children.forEach(child -> batch.addLink(child.getSpanContext()));
    return batch.startSpan();
  }

  private static Optional<String> traceparent(Span span) {
    try (Scope scope = span.makeCurrent()) {
      return Traces.traceparent();
    }
  }
}
