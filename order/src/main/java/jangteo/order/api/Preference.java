package jangteo.order.api;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code Prefer: wait=N} (RFC 7240): how long a client would rather wait for the decision. */
record Preference(Duration patience) {
  static final HeaderName APPLIED = HeaderNames.create("Preference-Applied");
  private static final HeaderName PREFER = HeaderNames.create("Prefer");
  private static final Pattern WAIT =
      Pattern.compile("(?:^|,)\\s*wait\\s*=\\s*\"?(\\d{1,9})\"?\\s*(?:[,;]|$)");
  private static final int LONGEST_SECONDS = 10;

  /** What the request prefers; one that cannot be read is ignored, as the RFC wants it. */
  static Optional<Preference> of(ServerRequest request) {
    return request.headers().all(PREFER, java.util.List::of).stream()
        .map(WAIT::matcher)
        .filter(Matcher::find)
        .map(match -> Integer.parseInt(match.group(1)))
        .map(seconds -> new Preference(Duration.ofSeconds(Math.min(seconds, LONGEST_SECONDS))))
        .findFirst();
  }

  /** The header that says that it was followed. */
  String applied() {
    return "wait=" + patience.toSeconds();
  }
}
