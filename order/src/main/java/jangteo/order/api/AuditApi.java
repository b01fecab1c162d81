package jangteo.order.api;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import jangteo.chassis.web.Access;
import jangteo.order.audit.runner.Audit;

/** The audit, for administrators: the invariants of the design's section 7, checked live. */
public final class AuditApi implements HttpService {
  private final Audit audit;

  /** Runs this one. */
  public AuditApi(Audit audit) {
    this.audit = audit;
  }

  @Override
  public void routing(HttpRules rules) {
    rules.get(
        "/api/v1/admin/audit",
        Access.role("ADMIN"),
        (request, response) -> response.send(AuditAnswer.of(audit.run())));
  }
}
