package jangteo.chassis.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.helidon.webserver.http.ServerRequest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The page of a list that a client asks for (design, section 4).
 *
 * @param size how many items, 1 to 100, 20 when not given
 * @param after the key of the last item of the page before; empty for the first page. What it holds
 *     is the list's own business and opaque to clients.
 */
public record Page(int size, Optional<String> after) {

  private static final int DEFAULT_SIZE = 20;
  private static final int MAX_SIZE = 100;

  /**
   * Out of {@code size} and {@code cursor} of the query.
   *
   * @throws ProblemException 422 naming the parameter
   */
  public static Page of(ServerRequest request) {
    Validation validation = new Validation();
    Page page = of(request, validation);
    validation.done();
    return page;
  }

  /**
   * The same, where other parameters are checked with it; a wrong one is left to them to report.
   */
  public static Page of(ServerRequest request, Validation validation) {
    long size =
        request
            .query()
            .first("size")
            .map(text -> validation.whole("size", parse(text), 1, MAX_SIZE))
            .orElse((long) DEFAULT_SIZE);
    Optional<String> after = request.query().first("cursor").asOptional().flatMap(Page::decode);
    validation.check(
        "cursor",
        after.isPresent() || !request.query().contains("cursor"),
        "is not a cursor of this list");
    return new Page((int) size, after);
  }

  /** The 422 for a cursor that is well-formed, but not of this list. */
  public static ProblemException wrongCursor() {
    return Problem.invalid("cursor", "is not a cursor of this list").exception();
  }

  /**
   * The answer for this page.
   *
   * @param next the key of the last item, when there are more
   */
  public static Answer answer(List<?> items, Optional<String> next) {
    return new Answer(items, next.map(Page::encode).orElse(null));
  }

  /** An opaque cursor that holds the key. */
  public static String encode(String key) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(UTF_8));
  }

  private static Optional<String> decode(String cursor) {
    try {
      String key = new String(Base64.getUrlDecoder().decode(cursor), UTF_8);
      return key.isEmpty() ? Optional.empty() : Optional.of(key);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Long parse(String text) {
    return DecimalId.parse(text).orElse(-1L);
  }

  /**
   * A page as JSON.
   *
   * @param items the items
   * @param nextCursor the cursor of the next page; null on the last one
   */
  public record Answer(
      List<?> items, @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String nextCursor) {}
}
