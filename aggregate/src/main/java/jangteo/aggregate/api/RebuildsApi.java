package jangteo.aggregate.api;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import jangteo.aggregate.domain.Rebuild;
import jangteo.aggregate.rebuild.Rebuilder;
import jangteo.chassis.web.Access;
import jangteo.chassis.web.PathParameters;
import jangteo.chassis.web.Problem;
import jangteo.chassis.web.ProblemException;
import java.util.Map;

/** Making the read model of products anew, by an admin. */
public final class RebuildsApi implements HttpService {

  private static final String MODEL = "/api/v1/admin/read-models/products";
  private static final String REBUILDS = MODEL + "/rebuilds";

  private final Rebuilder rebuilder;

  /** By this one. */
  public RebuildsApi(Rebuilder rebuilder) {
    this.rebuilder = rebuilder;
  }

  @Override
  public void routing(HttpRules rules) {
    rules
        .post(MODEL + "/rebuild", Access.role("ADMIN"), this::begin)
        .get(REBUILDS + "/{rebuildId}", Access.role("ADMIN"), this::one);
  }

  private void begin(ServerRequest request, ServerResponse response) {
    Rebuild begun = rebuilder.begin().orElseThrow(this::underWay);
    response
        .status(Status.ACCEPTED_202)
        .header(HeaderNames.LOCATION, place(begun))
        .send(RebuildAnswer.of(begun));
  }

  /** One that has ended meanwhile is not named. */
  private ProblemException underWay() {
    Problem problem =
        Problem.conflict("A rebuild is under way.")
            .ofKind("rebuild-under-way", "A rebuild is under way");
    return rebuilder
        .active()
        .map(active -> problem.withHeaders(Map.of("Location", place(active))))
        .orElse(problem)
        .exception();
  }

  private void one(ServerRequest request, ServerResponse response) {
    String id = PathParameters.uuid(request, "rebuildId").toString();
    response.send(
        RebuildAnswer.of(
            rebuilder
                .find(id)
                .orElseThrow(() -> Problem.notFound("There is no such rebuild.").exception())));
  }

  private static String place(Rebuild rebuild) {
    return REBUILDS + "/" + rebuild.id();
  }
}
