package jangteo.order;

import com.google.protobuf.Any;
import com.google.rpc.BadRequest;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import jangteo.search.v1.ListingStatus;
import jangteo.search.v1.ProductReply;
import jangteo.search.v1.ProductRequest;
import jangteo.search.v1.ProductsInfoServiceGrpc;
import jangteo.search.v1.ProductsReply;
import jangteo.search.v1.ProductsRequest;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A teapot and a cup in won, an imported spoon in dollars, something of a neighbour's, and nothing
 * else.
 */
final class ScriptedCatalogue extends ProductsInfoServiceGrpc.ProductsInfoServiceImplBase {
  static final long TEAPOT = 1;
  static final long CUP = 2;
  static final long SPOON = 3;
  static final long NEIGHBOURS = 4;
  static final long SELLER = 42;
  static final long NEIGHBOUR = 43;

  private final AtomicInteger calls = new AtomicInteger();
  private volatile boolean silent;

  /** How often a price was asked for. */
  int calls() {
    return calls.get();
  }

  /** From now on no call is answered. */
  void fallSilent() {
    silent = true;
  }

  @Override
  public void getProductsInfo(ProductsRequest request, StreamObserver<ProductsReply> observer) {
    if (request.getItemsCount() > 0) { // else it is only being connected to
      calls.incrementAndGet();
    }
    if (silent) {
      return;
    }
    ProductsReply.Builder reply = ProductsReply.newBuilder();
    for (int i = 0; i < request.getItemsCount(); i++) {
      ProductRequest wanted = request.getItems(i);
      long product = wanted.getProductName().equals("찻주전자") ? TEAPOT : wanted.getProductId();
      if (product < TEAPOT || product > NEIGHBOURS) {
        observer.onError(unknown("items[" + i + "].product_id"));
        return;
      }
      reply.addItems(
          ProductReply.newBuilder()
              .setProductId(product)
              .setProductName(product == TEAPOT ? "찻주전자" : "product " + product)
              .setProductPrice(product == TEAPOT ? 12_900 : 4_000)
              .setCurrency(product == SPOON ? "USD" : "KRW")
              .setProductQuantity(10)
              .setProductStatus(ListingStatus.LISTING_STATUS_ON_SALE)
              .setSellerId(product == NEIGHBOURS ? NEIGHBOUR : SELLER)
              .setListingId(1000 + product)
              .setListingVersion(1));
    }
    observer.onNext(reply.build());
    observer.onCompleted();
  }

  private static Throwable unknown(String field) {
    return StatusProto.toStatusRuntimeException(
        com.google.rpc.Status.newBuilder()
            .setCode(Status.Code.NOT_FOUND.value())
            .setMessage(field + ": there is no such product")
            .addDetails(
                Any.pack(
                    BadRequest.newBuilder()
                        .addFieldViolations(BadRequest.FieldViolation.newBuilder().setField(field))
                        .build()))
            .build());
  }
}
