package jangteo.payment.api;

import io.grpc.stub.StreamObserver;
import jangteo.audit.v1.AuditFactsServiceGrpc.AuditFactsServiceImplBase;
import jangteo.audit.v1.GetLedgerRequest;
import jangteo.audit.v1.GetLedgerResponse;
import jangteo.audit.v1.ListPaymentsRequest;
import jangteo.audit.v1.ListPaymentsResponse;
import jangteo.audit.v1.OrderPayment;
import jangteo.chassis.data.Database;
import jangteo.chassis.grpc.PagedStream;
import jangteo.payment.store.AuditStore;
import java.util.List;

/** What the audit of order (design, section 7) needs to know of the money. */
public final class AuditFacts extends AuditFactsServiceImplBase {

  private static final PagedStream PAYMENTS = new PagedStream(10_000, 1_000);

  private final Database database;
  private final AuditStore facts;

  /** Reads there. */
  public AuditFacts(Database database, AuditStore facts) {
    this.database = database;
    this.facts = facts;
  }

  @Override
  public void listPayments(
      ListPaymentsRequest request, StreamObserver<ListPaymentsResponse> answers) {
    if (request.getOrderIdsCount() > 0) {
      answers.onNext(answer(database.read(sql -> facts.payments(sql, request.getOrderIdsList()))));
    } else {
      PAYMENTS.send(
          request.getPageSize(),
          request.getAfterOrderId(),
          (after, size) -> database.read(sql -> facts.payments(sql, after, size)),
          OrderPayment::getOrderId,
          AuditFacts::answer,
          answers);
    }
    answers.onCompleted();
  }

  private static ListPaymentsResponse answer(List<OrderPayment> found) {
    return ListPaymentsResponse.newBuilder().addAllPayments(found).build();
  }

  @Override
  public void getLedger(GetLedgerRequest request, StreamObserver<GetLedgerResponse> answers) {
    answers.onNext(database.read(facts::ledger));
    answers.onCompleted();
  }
}
