package jangteo.chassis.data;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request with an idempotency key is answered with, the first time and every time after.
 *
 * @param status the HTTP status
 * @param headers further headers, such as {@code Location}
 * @param body written as JSON; nothing when {@code null}
 */
public record Answer(int status, Map<String, String> headers, @Nullable Object body) {

  /** Copies the headers. */
  public Answer {
    headers = Map.copyOf(headers);
  }

  /** 200. */
  public static Answer ok(Object body) {
    return new Answer(200, Map.of(), body);
  }

  /** 201 with {@code Location}. */
  public static Answer created(String location, Object body) {
    return new Answer(201, Map.of("Location", location), body);
  }

  /** 202 with {@code Location}. */
  public static Answer accepted(String location, Object body) {
    return new Answer(202, Map.of("Location", location), body);
  }

  /** 204. */
  public static Answer noContent() {
    return new Answer(204, Map.of(), null);
  }

  /** The same answer with one more header. */
  public Answer withHeader(String name, String value) {
    Map<String, String> all = new HashMap<>(headers);
    all.put(name, value);
    return new Answer(status, all, body);
  }
}
