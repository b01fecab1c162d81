package jangteo.aggregate.api;

import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import jangteo.aggregate.deadletters.DeadLetter;
import jangteo.aggregate.deadletters.DeadLetterReader;
import jangteo.aggregate.deadletters.Place;
import jangteo.aggregate.deadletters.Replays;
import jangteo.chassis.web.Access;
import jangteo.chassis.web.Page;
import jangteo.chassis.web.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The dead letters of all services: what an admin reads of them, and sends on its way again. */
public final class DeadLettersApi implements HttpService {
  private static final String ALL = "/api/v1/admin/dead-letters";

  private final DeadLetterReader reader;
  private final Replays replays;

  /** Over these. */
  public DeadLettersApi(DeadLetterReader reader, Replays replays) {
    this.reader = reader;
    this.replays = replays;
  }

  @Override
  public void routing(HttpRules rules) {
    rules
        .get(ALL, Access.role("ADMIN"), this::list)
        .post(ALL + "/{id}/replay", Access.role("ADMIN"), this::replay);
  }

  private void list(ServerRequest request, ServerResponse response) {
    Page page = Page.of(request);
    DeadLetterReader.Listed found =
        page.after()
            .map(cursor -> reader.next(rest(cursor), page.size()))
            .orElseGet(() -> reader.newest(page.size()));
    response.send(
        Page.answer(
            found.letters().stream()
                .map(letter -> DeadLetterAnswer.of(letter, replays.of(letter)))
                .toList(),
            found.rest().isEmpty() ? Optional.empty() : Optional.of(cursor(found.rest()))));
  }

  private void replay(ServerRequest request, ServerResponse response) {
    DeadLetter letter =
        Place.of(request.path().pathParameters().get("id"))
            .flatMap(reader::find)
            .orElseThrow(() -> Problem.notFound("There is no such dead letter.").exception());
    if (letter.replayTo().isEmpty()) {
      throw Problem.conflict("The letter does not say where its consumer would get it again.")
          .exception();
    }
    Instant at = replays.replay(letter, Access.caller(request).memberId());
    response.status(Status.ACCEPTED_202).send(DeadLetterAnswer.of(letter, Optional.of(at)));
  }

  private static String cursor(List<Place> rest) {
    return rest.stream().map(Place::id).collect(Collectors.joining(","));
  }

  private static List<Place> rest(String cursor) {
    return Stream.of(cursor.split(",", -1))
        .map(id -> Place.of(id).orElseThrow(Page::wrongCursor))
        .toList();
  }
}
