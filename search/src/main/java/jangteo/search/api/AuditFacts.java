package jangteo.search.api;

import io.grpc.stub.StreamObserver;
import jangteo.audit.v1.AuditFactsServiceGrpc.AuditFactsServiceImplBase;
import jangteo.audit.v1.ListOffersRequest;
import jangteo.audit.v1.ListOffersResponse;
import jangteo.audit.v1.ProductOffers;
import jangteo.search.store.AuditStore;
import java.util.List;

/** What the audit of order (design, section 7) needs to know of the read model of listings. */
public final class AuditFacts extends AuditFactsServiceImplBase {

  private static final int MAX_PRODUCTS = 5_000;

  /** Products per query and message. */
  private static final int AT_ONCE = 500;

  private final AuditStore facts;

  /** Reads there. */
  public AuditFacts(AuditStore facts) {
    this.facts = facts;
  }

  @Override
  public void listOffers(ListOffersRequest request, StreamObserver<ListOffersResponse> answers) {
    if (request.getProductIdsCount() > 0) {
      answers.onNext(answer(facts.products(request.getProductIdsList())));
    } else {
      page(request, answers);
    }
    answers.onCompleted();
  }

  private void page(ListOffersRequest request, StreamObserver<ListOffersResponse> answers) {
    int left =
        request.getPageSize() <= 0 ? MAX_PRODUCTS : Math.min(request.getPageSize(), MAX_PRODUCTS);
    long after = request.getAfterProductId();
    while (left > 0) {
      int wanted = Math.min(left, AT_ONCE);
      List<ProductOffers> found = facts.products(after, wanted);
      answers.onNext(answer(found));
      if (found.size() < wanted) {
        return;
      }
      after = found.getLast().getProductId();
      left -= found.size();
    }
  }

  private static ListOffersResponse answer(List<ProductOffers> found) {
    return ListOffersResponse.newBuilder().addAllProducts(found).build();
  }
}
