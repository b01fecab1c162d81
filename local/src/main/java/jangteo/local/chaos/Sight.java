package jangteo.local.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An order as a client saw it.
 *
 * @param reason empty while nothing is wrong
 * @param endedAt when it left PLACED, if it did
 */
record Sight(
    String orderId,
    long version,
    String status,
    String reason,
    Instant placedAt,
    Instant deadline,
    @Nullable Instant endedAt) {

  /** The order in an answer, when it holds one. */
  static Optional<Sight> in(JsonNode body) {
    if (!body.path("orderId").isTextual() || !body.path("deadline").isTextual()) {
      return Optional.empty();
    }
    String ended = body.path("endedAt").asText("");
    return Optional.of(
        new Sight(
            body.get("orderId").asText(),
            body.path("version").asLong(),
            body.path("status").asText(),
            body.path("reason").asText(""),
            Instant.parse(body.path("placedAt").asText()),
            Instant.parse(body.get("deadline").asText()),
            ended.isEmpty() ? null : Instant.parse(ended)));
  }

  boolean isDecided() {
    return !status.equals("PLACED");
  }

  /** Status and reason, as {@code CANCELLED TIMEOUT}. */
  String decision() {
    return reason.isEmpty() ? status : status + " " + reason;
  }
}
