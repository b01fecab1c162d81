package jangteo.local.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A request of a report as a command for a POSIX shell. */
final class Curl {
  private Curl() {}

  /**
   * @param request with its method, uri, headers and, in Base64, its body
   */
  static String of(JsonNode request) {
    StringBuilder command = new StringBuilder("curl -X ").append(request.path("method").asText());
    for (var header : request.path("headers").properties()) {
      for (JsonNode value : header.getValue()) {
        // Curl leaves a header without a value out, unless a semicolon ends it.
        String text = value.asText();
        command
            .append(" -H ")
            .append(quoted(header.getKey() + (text.isEmpty() ? ";" : ": " + text)));
      }
    }
    String body = request.at("/body/$base64").asText();
    if (body.isEmpty()) {
      return command.append(' ').append(quoted(request.path("uri").asText())).toString();
    }
    command.append(' ').append(quoted(request.path("uri").asText())).append(" --data-binary ");
    return readable(body)
        ? command.append(quoted(text(body))).toString()
        : "echo " + body + " | base64 -d | " + command.append("@-");
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  private static String text(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }

  /** Whether it is text that a shell passes on as it is; curl takes a leading @ for a file. */
  private static boolean readable(String base64) {
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(Base64.getDecoder().decode(base64)))
              .toString();
      return !text.startsWith("@") && text.chars().noneMatch(Character::isISOControl);
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
