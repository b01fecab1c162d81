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
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

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
    List<DeadLetter> all = reader.all();
    int from = page.after().map(last -> after(all, last)).orElse(0);
    List<DeadLetter> shown = all.subList(from, Math.min(from + page.size(), all.size()));
    boolean more = from + shown.size() < all.size();
    response.send(
        Page.answer(
            shown.stream().map(letter -> DeadLetterAnswer.of(letter, replays.of(letter))).toList(),
            more ? Optional.of(cursor(shown.getLast())) : Optional.empty()));
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

  private static String cursor(DeadLetter last) {
    return last.at() + "/" + last.place().id();
  }

  // The list is in the order of its cursors, the newest first; what came meanwhile is before them.
  private static int after(List<DeadLetter> all, String cursor) {
    int slash = cursor.indexOf('/');
    if (slash < 0) {
      throw Page.wrongCursor();
    }
    try {
      Instant at = Instant.parse(cursor.substring(0, slash));
      String id = cursor.substring(slash + 1);
      int index = 0;
      while (index < all.size()
          && (all.get(index).at().isAfter(at)
              || (all.get(index).at().equals(at)
                  && all.get(index).place().id().compareTo(id) >= 0))) {
        index++;
      }
      return index;
    } catch (DateTimeException e) {
      throw Page.wrongCursor();
    }
  }
}
