package jangteo.search.api;

import io.grpc.stub.StreamObserver;
import jangteo.audit.v1.AuditFactsServiceGrpc.AuditFactsServiceImplBase;
import jangteo.audit.v1.ListOffersRequest;
import jangteo.audit.v1.ListOffersResponse;
import jangteo.audit.v1.ProductOffers;
import jangteo.chassis.grpc.PagedStream;
import jangteo.search.store.AuditStore;
import java.util.List;

/** What the audit of order (design, section 7) needs to know of the read model of listings. */
public final class AuditFacts extends AuditFactsServiceImplBase {

  private static final PagedStream PRODUCTS = new PagedStream(5_000, 500);

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
      PRODUCTS.send(
          request.getPageSize(),
          request.getAfterProductId(),
          facts::products,
          ProductOffers::getProductId,
          AuditFacts::answer,
          answers);
    }
    answers.onCompleted();
  }

  private static ListOffersResponse answer(List<ProductOffers> found) {
    return ListOffersResponse.newBuilder().addAllProducts(found).build();
  }
}
