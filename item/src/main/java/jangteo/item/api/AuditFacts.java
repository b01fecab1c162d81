package jangteo.item.api;

import io.grpc.stub.StreamObserver;
import jangteo.audit.v1.AuditFactsServiceGrpc.AuditFactsServiceImplBase;
import jangteo.audit.v1.ListListingsRequest;
import jangteo.audit.v1.ListListingsResponse;
import jangteo.audit.v1.ListReservationsRequest;
import jangteo.audit.v1.ListReservationsResponse;
import jangteo.audit.v1.ListingStock;
import jangteo.audit.v1.Reservation;
import jangteo.chassis.data.Database;
import jangteo.chassis.grpc.PagedStream;
import jangteo.item.store.AuditStore;
import java.util.List;

/** What the audit of order (DESIGN.md section 7) needs to know of the stock. */
public final class AuditFacts extends AuditFactsServiceImplBase {

  private static final int MAX_LISTINGS = 5_000;
  private static final PagedStream RESERVATIONS = new PagedStream(10_000, 1_000);

  private final Database database;
  private final AuditStore facts;

  public AuditFacts(Database database, AuditStore facts) {
    this.database = database;
    this.facts = facts;
  }

  @Override
  public void listListings(
      ListListingsRequest request, StreamObserver<ListListingsResponse> answers) {
    List<ListingStock> found =
        request.getProductIdsCount() > 0
            ? database.read(
                sql -> facts.listings(sql, request.getProductIdsList(), request.getIncludeErased()))
            : database.read(
                sql ->
                    facts.listings(
                        sql,
                        request.getAfterProductId(),
                        request.getAfterSellerId(),
                        request.getIncludeErased(),
                        request.getPageSize() <= 0
                            ? MAX_LISTINGS
                            : Math.min(request.getPageSize(), MAX_LISTINGS)));
    answers.onNext(ListListingsResponse.newBuilder().addAllListings(found).build());
    answers.onCompleted();
  }

  @Override
  public void listReservations(
      ListReservationsRequest request, StreamObserver<ListReservationsResponse> answers) {
    if (request.getOrderIdsCount() > 0) {
      answers.onNext(
          answer(database.read(sql -> facts.reservations(sql, request.getOrderIdsList()))));
    } else {
      RESERVATIONS.send(
          request.getPageSize(),
          request.getAfterOrderId(),
          (after, size) -> database.read(sql -> facts.reservations(sql, after, size)),
          Reservation::getOrderId,
          AuditFacts::answer,
          answers);
    }
    answers.onCompleted();
  }

  private static ListReservationsResponse answer(List<Reservation> found) {
    return ListReservationsResponse.newBuilder().addAllReservations(found).build();
  }
}
