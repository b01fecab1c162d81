package jangteo.chassis.web;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The version of a resource as {@code ETag} and {@code If-Match} carry it (RFC 9110, sections 8.8.3
 * and 13.1.1): the quoted number.
 *
 * @param tags the tags that a client accepts; one when it is the resource's own
 */
public record EntityTag(List<String> tags) {

  private static final String ANY = "*";

  /** Copies the tags. */
  public EntityTag {
    tags = List.copyOf(tags);
  }

  /** The tag of a version. */
  public static EntityTag of(long version) {
    return new EntityTag(List.of("\"" + version + "\""));
  }

  /** What the client expects of the resource; empty when it does not say. */
  public static Optional<EntityTag> ifMatch(ServerRequest request) {
    return request.headers().contains(HeaderNames.IF_MATCH)
        ? Optional.of(
            new EntityTag(
                request.headers().values(HeaderNames.IF_MATCH).stream()
                    .flatMap(line -> Stream.of(line.split(",")))
                    .map(String::strip)
                    .toList()))
        : Optional.empty();
  }

  /**
   * Goes on only with the version that the client has seen.
   *
   * @throws ProblemException 412 when the resource has another version by now
   */
  public void require(long version) {
    String present = "\"" + version + "\"";
    if (!tags.contains(ANY) && !tags.contains(present)) {
      throw Problem.preconditionFailed("The resource has version %s by now.".formatted(present))
          .exception();
    }
  }

  /** As the header {@code ETag} shows it. */
  @Override
  public String toString() {
    return String.join(", ", tags);
  }
}
