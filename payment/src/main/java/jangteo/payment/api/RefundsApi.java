package jangteo.payment.api;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import jangteo.chassis.web.Access;
import jangteo.chassis.web.Body;
import jangteo.chassis.web.IdempotencyKey;
import jangteo.chassis.web.Money;
import jangteo.chassis.web.PathParameters;
import jangteo.chassis.web.Problem;
import jangteo.chassis.web.ProblemException;
import jangteo.chassis.web.Validation;
import jangteo.payment.domain.Outcome;
import jangteo.payment.domain.Payment;
import jangteo.payment.domain.Refund;
import jangteo.payment.domain.RefundRefusal;
import jangteo.payment.work.Refunding;
import jangteo.payment.work.Refunding.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Money that an admin gives back by hand. */
public final class RefundsApi implements HttpService {

  private final Refunding refunding;

  /** Wires it. */
  public RefundsApi(Refunding refunding) {
    this.refunding = refunding;
  }

  record NewRefund(@Nullable Money amount, @Nullable String reason) {}

  record RefundView(
      String refundId,
      String paymentId,
      @Nullable String orderId,
      Money amount,
      String reason,
      Instant createdAt) {}

  @Override
  public void routing(HttpRules rules) {
    rules.post("/api/v1/payments/{paymentId}/refunds", Access.role("ADMIN"), this::refund);
  }

  private void refund(ServerRequest request, ServerResponse response) {
    UUID paymentId = PathParameters.uuid(request, "paymentId");
    long adminId = Access.caller(request).memberId();
    String key = IdempotencyKey.required(request);
    NewRefund body = Body.read(request, NewRefund.class);
    Validation validation = new Validation();
    Money amount = validation.money("amount", body.amount(), 1, Long.MAX_VALUE);
    String reason = validation.text("reason", body.reason(), 1, 200);
    validation.done();
    var wanted = new jangteo.payment.domain.Money(amount.amount(), amount.currency());
    switch (refunding.refund(paymentId, adminId, key, wanted, reason)) {
      case Answer.Refused(RefundRefusal why) -> throw refusal(why);
      case Answer.Promised(Refund refund, Payment payment) -> {
        if (!refund.amount().equals(wanted) || !refund.reason().equals(reason)) {
          throw IdempotencyKey.reused();
        }
        Outcome outcome = refund.outcome().orElseThrow(RefundsApi::unknown);
        if (outcome != Outcome.REFUNDED) {
          throw Problem.conflict("The card's provider refuses to give the money back.").exception();
        }
        RefundView view = view(refund, payment);
        response
            .status(Status.CREATED_201)
            .header(HeaderNames.LOCATION, "/api/v1/payments?orderId=" + view.orderId())
            .send(view);
      }
    }
  }

  private static RefundView view(Refund refund, Payment payment) {
    return new RefundView(
        refund.refundId().toString(),
        refund.paymentId().toString(),
        payment.orderId().map(UUID::toString).orElse(null),
        new Money(refund.amount().amount(), refund.amount().currency()),
        refund.reason(),
        refund.createdAt());
  }

  private static ProblemException refusal(RefundRefusal why) {
    return switch (why) {
      case UNKNOWN_PAYMENT -> Problem.notFound("There is no payment with this id.").exception();
      case NOT_CAPTURED ->
          Problem.conflict("Nothing was taken with this payment that could be given back.")
              .exception();
      case TOO_MUCH ->
          Problem.invalid("amount", "is more than was captured and is not refunded yet")
              .exception();
      case OTHER_CURRENCY ->
          Problem.invalid("amount.currency", "must be the payment's currency").exception();
    };
  }

  private static ProblemException unknown() {
    return Problem.unavailable(
            "The refund is recorded, but the card's provider has not answered yet; repeat with"
                + " the same key.",
            Duration.ofSeconds(2))
        .exception();
  }
}
