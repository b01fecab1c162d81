package jangteo.aggregate.api;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import jangteo.aggregate.reconcile.Reconciler;
import jangteo.chassis.web.Access;
import jangteo.chassis.web.Validation;

/** Holding the read model of products against the catalogue, by an admin. */
public final class ReconcileApi implements HttpService {

  private final Reconciler reconciler;

  /** By this one. */
  public ReconcileApi(Reconciler reconciler) {
    this.reconciler = reconciler;
  }

  @Override
  public void routing(HttpRules rules) {
    rules.post(
        "/api/v1/admin/read-models/products/reconcile", Access.role("ADMIN"), this::reconcile);
  }

  private void reconcile(ServerRequest request, ServerResponse response) {
    String repair = request.query().first("repair").orElse("false");
    Validation validation = new Validation();
    validation.check(
        "repair", repair.equals("true") || repair.equals("false"), "must be true or false");
    validation.done();
    response.send(ReconcileAnswer.of(reconciler.run(repair.equals("true"))));
  }
}
