package jangteo.order.saga.runner;

import static java.nio.charset.StandardCharsets.UTF_8;

import jangteo.chassis.events.Event;
import jangteo.chassis.telemetry.Traces;
import jangteo.order.v1.OrderEvent;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** The headers of a record on {@code orders}: CloudEvents, trace, version (design, section 6). */
final class OutgoingHeaders {

  private OutgoingHeaders() {}

  static Headers of(String orderId, long version, Instant now, Optional<String> traceparent) {
    RecordHeaders headers = new RecordHeaders();
    add(headers, "ce_specversion", "1.0");
    add(headers, "ce_id", UUID.randomUUID().toString());
    add(headers, "ce_type", OrderEvent.getDescriptor().getFullName());
    add(headers, "ce_source", "/jangteo/order");
    add(headers, "ce_time", now.toString());
    add(headers, "ce_subject", orderId);
    add(headers, "content-type", "application/protobuf");
    add(headers, Event.VERSION, Long.toString(version));
    traceparent.ifPresent(trace -> add(headers, Traces.TRACEPARENT, trace));
    return headers;
  }

  private static void add(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(UTF_8));
  }
}
