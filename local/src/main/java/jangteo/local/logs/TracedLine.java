package jangteo.local.logs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * One line that a part has logged within a trace.
 *
 * @param at when, to the millisecond
 * @param part the service, or the gateway
 * @param says the rest in plain text
 */
public record TracedLine(Instant at, String part, String says) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** The line as the part wrote it, if it is of this trace. */
  static Optional<TracedLine> read(String part, String line, String traceId) {
    if (!line.contains(traceId)) {
      return Optional.empty();
    }
    JsonNode event;
    try {
      event = JSON.readTree(line);
    } catch (JsonProcessingException e) {
      return Optional.empty(); // another program's own words
    }
    if (event.at("/mdc/trace_id").asText().equals(traceId)) {
      return Optional.of(ofService(part, event));
    }
    if (event.path("traceId").asText().equals(traceId)) {
      return Optional.of(ofGateway(part, event));
    }
    return Optional.empty();
  }

  private static TracedLine ofService(String part, JsonNode event) {
    StringJoiner says = new StringJoiner(" ");
    says.add(event.path("level").asText());
    says.add(event.path("loggerName").asText().replaceFirst(".*\\.", "") + ":");
    says.add(event.path("formattedMessage").asText());
    event
        .path("kvpList")
        .forEach(
            pair ->
                pair.properties()
                    .forEach(each -> says.add(each.getKey() + "=" + each.getValue().asText())));
    for (JsonNode thrown = event.path("throwable");
        thrown.hasNonNull("className");
        thrown = thrown.path("cause")) {
      says.add("| " + thrown.path("className").asText() + ": " + thrown.path("message").asText());
    }
    return new TracedLine(
        Instant.ofEpochMilli(event.path("timestamp").asLong()), part, says.toString());
  }

  private static TracedLine ofGateway(String part, JsonNode event) {
    return new TracedLine(
        Instant.parse(event.path("time").asText()),
        part,
        "%s %s -> %s, %s in %s ms"
            .formatted(
                event.path("method").asText(),
                event.path("path").asText(),
                event.path("service").asText(),
                event.path("status").asText(),
                event.path("millis").asText()));
  }

  @Override
  public String toString() {
    return "%s  %-9s  %s".formatted(TIME.format(at), part, says);
  }
}
