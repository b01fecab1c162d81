package jangteo.chassis.web;

import io.helidon.webserver.http.ServerRequest;
import java.util.UUID;
import java.util.regex.Pattern;

/** The ids in a path. One that cannot be an id names nothing that exists: 404. */
public final class PathParameters {

  private static final Pattern UUID_SHAPE =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private PathParameters() {}

  /** A decimal int64 id. */
  public static long id(ServerRequest request, String name) {
    String text = request.path().pathParameters().get(name);
    return DecimalId.parse(text)
        .orElseThrow(() -> Problem.notFound("There is nothing with this id.").exception());
  }

  /** A UUID. */
  public static UUID uuid(ServerRequest request, String name) {
    String text = request.path().pathParameters().get(name);
    if (!UUID_SHAPE.matcher(text).matches()) {
      throw Problem.notFound("There is nothing with this id.").exception();
    }
    return UUID.fromString(text);
  }
}
