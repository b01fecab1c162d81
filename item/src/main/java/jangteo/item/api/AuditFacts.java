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
import jangteo.item.store.AuditStore;
import java.util.List;

/** What the audit of order (DESIGN.md section 7) needs to know of the stock. */
public final class AuditFacts extends AuditFactsServiceImplBase {

  private static final int MAX_LISTINGS = 5_000;
  private static final int MAX_ORDERS = 10_000;

  /** Orders per statement and message. */
  private static final int AT_ONCE = 1_000;

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
            ? database.read(sql -> facts.listings(sql, request.getProductIdsList()))
            : database.read(
                sql ->
                    facts.listings(
                        sql,
                        request.getAfterProductId(),
                        request.getAfterSellerId(),
                        size(request.getPageSize(), MAX_LISTINGS)));
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
      page(request, answers);
    }
    answers.onCompleted();
  }

  private void page(
      ListReservationsRequest request, StreamObserver<ListReservationsResponse> answers) {
    int left = size(request.getPageSize(), MAX_ORDERS);
    String after = request.getAfterOrderId();
    while (left > 0) {
      String behind = after;
      int wanted = Math.min(left, AT_ONCE);
      List<Reservation> found = database.read(sql -> facts.reservations(sql, behind, wanted));
      answers.onNext(answer(found));
      if (found.size() < wanted) {
        return;
      }
      after = found.getLast().getOrderId();
      left -= found.size();
    }
  }

  private static ListReservationsResponse answer(List<Reservation> found) {
    return ListReservationsResponse.newBuilder().addAllReservations(found).build();
  }

  private static int size(int asked, int most) {
    return asked <= 0 ? most : Math.min(asked, most);
  }
}
