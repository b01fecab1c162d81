package jangteo.chassis.events;

import jangteo.chassis.telemetry.Traces;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/** The headers of a record: CloudEvents 1.0 in Kafka's binary mode, and W3C trace context. */
final class Headers {

  static final String ID = "ce_id";
  static final String TYPE = "ce_type";
  static final String SOURCE = "ce_source";
  static final String TIME = "ce_time";
  static final String SUBJECT = "ce_subject";
  private static final String SPEC_VERSION = "ce_specversion";
  private static final String CONTENT_TYPE = "content-type";

  private Headers() {}

  /** Where and when events come from: the same for all that are sent together. */
  record Origin(String source, String time, Optional<String> traceparent) {

    /** This service, now, in the current trace. */
    static Origin of(String service, Instant now) {
      return new Origin("/jangteo/" + service, now.toString(), Traces.traceparent());
    }
  }

  /** Everything an event says besides its value; what the event sets itself stays. */
  static Map<String, String> complete(Event event, Origin origin) {
    Map<String, String> all = new TreeMap<>();
    all.put(SPEC_VERSION, "1.0");
    all.put(ID, UUID.randomUUID().toString());
    all.put(TYPE, event.type());
    all.put(SOURCE, origin.source());
    all.put(TIME, origin.time());
    all.put(SUBJECT, event.key());
    all.put(CONTENT_TYPE, "application/protobuf");
    origin.traceparent().ifPresent(current -> all.put(Traces.TRACEPARENT, current));
    all.putAll(event.headers());
    return all;
  }

  static void add(ProducerRecord<?, ?> record, Map<String, String> headers) {
    headers.forEach(
        (name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
  }

  static String text(Header header) {
    return new String(header.value(), StandardCharsets.UTF_8);
  }
}
