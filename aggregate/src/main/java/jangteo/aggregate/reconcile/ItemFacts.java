package jangteo.aggregate.reconcile;

import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import jangteo.chassis.web.Problem;
import jangteo.reconcile.v1.AnnounceProductsRequest;
import jangteo.reconcile.v1.FactRange;
import jangteo.reconcile.v1.ListProductsRequest;
import jangteo.reconcile.v1.ListProductsResponse;
import jangteo.reconcile.v1.ListRangesRequest;
import jangteo.reconcile.v1.ProductFacts;
import jangteo.reconcile.v1.ReconcileFactsServiceGrpc;
import jangteo.reconcile.v1.ReconcileFactsServiceGrpc.ReconcileFactsServiceBlockingStub;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What item says of the catalogue. Each call has a deadline of its own; each throws a 503 problem
 * when item does not answer.
 */
public final class ItemFacts {

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final ReconcileFactsServiceBlockingStub item;

  /** Asks over this channel. */
  public ItemFacts(Channel item) {
    this.item = ReconcileFactsServiceGrpc.newBlockingStub(item);
  }

  /** The next ranges behind this id; the last one of all goes up to the largest id. */
  List<FactRange> ranges(long after) {
    return all(
            () ->
                limited()
                    .listRanges(ListRangesRequest.newBuilder().setAfterProductId(after).build()))
        .stream()
        .flatMap(answer -> answer.getRangesList().stream())
        .toList();
  }

  /** The products of a range. */
  List<ProductFacts> products(FactRange range) {
    return products(
        ListProductsRequest.newBuilder()
            .setAfterProductId(range.getAfterProductId())
            .setLastProductId(range.getLastProductId())
            .build());
  }

  /** These products, those that do not exist as well. */
  List<ProductFacts> products(Collection<Long> ids) {
    return ids.isEmpty()
        ? List.of()
        : products(ListProductsRequest.newBuilder().addAllProductIds(ids).build());
  }

  private List<ProductFacts> products(ListProductsRequest request) {
    return all(() -> limited().listProducts(request)).stream()
        .map(ListProductsResponse::getProductsList)
        .flatMap(List::stream)
        .toList();
  }

  /** Has the state, or the tombstone, of these sent once more. */
  void announce(Collection<Long> productIds, Collection<Long> listingIds) {
    AnnounceProductsRequest request =
        AnnounceProductsRequest.newBuilder()
            .addAllProductIds(productIds)
            .addAllListingIds(listingIds)
            .build();
    all(() -> List.of(limited().announceProducts(request)).iterator());
  }

  private ReconcileFactsServiceBlockingStub limited() {
    return item.withDeadlineAfter(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static <A> List<A> all(Supplier<Iterator<A>> call) {
    List<A> all = new ArrayList<>();
    try {
      call.get().forEachRemaining(all::add);
      return all;
    } catch (StatusRuntimeException e) {
      RuntimeException problem =
          Problem.unavailable(
                  "The reconciliation needs item, which does not answer (%s)."
                      .formatted(e.getStatus().getCode()),
                  RETRY_AFTER)
              .exception();
      problem.initCause(e);
      throw problem;
    }
  }
}
