package jangteo.payment.api;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import jangteo.chassis.data.Database;
import jangteo.chassis.web.Access;
import jangteo.chassis.web.Caller;
import jangteo.chassis.web.Page;
import jangteo.chassis.web.Problem;
import jangteo.payment.domain.Payment;
import jangteo.payment.store.Payments;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Payments of orders: one's own, an admin's any. */
public final class PaymentsApi implements HttpService {

  private final Database database;
  private final Payments payments;

  /** Wires it. */
  public PaymentsApi(Database database, Payments payments) {
    this.database = database;
    this.payments = payments;
  }

  @Override
  public void routing(HttpRules rules) {
    rules.get("/api/v1/payments", Access.member(), this::list);
  }

  private void list(ServerRequest request, ServerResponse response) {
    Page page = Page.of(request);
    Caller caller = Access.caller(request);
    Optional<Long> owner = caller.is("ADMIN") ? Optional.empty() : Optional.of(caller.memberId());
    Optional<UUID> order =
        request.query().first("orderId").asOptional().map(id -> uuid("orderId", id));
    Optional<UUID> before = page.after().map(id -> uuid("cursor", id));
    List<Payment> found =
        database.read(sql -> payments.list(sql, owner, order, before, page.size() + 1));
    List<Payment> shown = found.subList(0, Math.min(found.size(), page.size()));
    Optional<String> next =
        found.size() > shown.size()
            ? Optional.of(shown.getLast().paymentId().toString())
            : Optional.empty();
    response.send(Page.answer(shown.stream().map(PaymentView::of).toList(), next));
  }

  private static UUID uuid(String parameter, String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw Problem.invalid(parameter, "is not valid").exception();
    }
  }
}
