package jangteo.search.api;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import jangteo.chassis.web.Problem;
import jangteo.chassis.web.ProblemException;
import jangteo.search.domain.Expected;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The header {@code If-Version-At-Least}: the {@code ETag} of a product's write as it is, or that
 * of a listing's write with the parameter {@code listing}; several with commas between them, as in
 * {@code "3", "2";listing="663812904418377999"}.
 */
final class VersionAtLeast {

  private static final HeaderName NAME = HeaderNames.create("If-Version-At-Least");

  private static final Pattern ONE =
      Pattern.compile("\"(\\d{1,19})\"(?:\\s*;\\s*listing=(?:\"(\\d{1,19})\"|(\\d{1,19})))?");

  /** More than a product's page has use for. */
  private static final int MOST = 20;

  private VersionAtLeast() {}

  /**
   * What the client wants to see at least; empty when it does not say.
   *
   * @throws ProblemException 400 when the header cannot be read
   */
  static List<Expected> of(ServerRequest request) {
    if (!request.headers().contains(NAME)) {
      return List.of();
    }
    List<Expected> all =
        request.headers().values(NAME).stream()
            .flatMap(line -> Stream.of(line.split(",", -1)))
            .map(one -> one(one.strip()))
            .toList();
    if (all.size() > MOST) {
      throw unreadable("must have at most " + MOST + " versions");
    }
    return all;
  }

  private static Expected one(String text) {
    Matcher parts = ONE.matcher(text);
    if (!parts.matches()) {
      throw unreadable("must be like \"3\", or \"2\";listing=\"663812904418377999\"");
    }
    String listing = parts.group(2) == null ? parts.group(3) : parts.group(2);
    return new Expected(
        Optional.ofNullable(listing).map(VersionAtLeast::number), number(parts.group(1)));
  }

  private static long number(String digits) {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      throw unreadable("has a number that is too large");
    }
  }

  private static ProblemException unreadable(String message) {
    return Problem.badRequest(NAME.defaultCase(), message).exception();
  }
}
