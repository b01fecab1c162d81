package jangteo.order.catalogue;

import com.google.rpc.BadRequest.FieldViolation;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.helidon.faulttolerance.Bulkhead;
import io.helidon.faulttolerance.BulkheadException;
import io.helidon.faulttolerance.CircuitBreakerOpenException;
import jangteo.chassis.Part;
import jangteo.chassis.grpc.GrpcRefusal;
import jangteo.chassis.web.Problem;
import jangteo.order.domain.Basket;
import jangteo.order.domain.Money;
import jangteo.order.domain.Quote;
import jangteo.search.v1.ProductReply;
import jangteo.search.v1.ProductRequest;
import jangteo.search.v1.ProductsInfoServiceGrpc;
import jangteo.search.v1.ProductsInfoServiceGrpc.ProductsInfoServiceBlockingStub;
import jangteo.search.v1.ProductsReply;
import jangteo.search.v1.ProductsRequest;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks what the things in a basket cost: search first, inside a circuit breaker; item's own copy of
 * the same service when search is away; then nobody (design, sections 5 and 8).
 */
public final class Catalogue implements Part {
  private static final Logger LOG = LoggerFactory.getLogger(Catalogue.class);

  /** Calls at a time to one peer; more wait, and more than that are refused. */
  private static final int CALLS = 64;

  private static final int WAITING = 256;
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  private final ProductsInfoServiceBlockingStub search;
  private final ProductsInfoServiceBlockingStub item;
  private final SearchBreaker breaker;
  private final Bulkhead searchCalls = bulkhead("catalogue-search");
  private final Bulkhead itemCalls = bulkhead("catalogue-item");

  /**
   * Nobody is asked yet.
   *
   * @param search channel to the query side
   * @param item channel to the command side's copy
   */
  public Catalogue(Channel search, Channel item, SearchBreaker breaker) {
    this.search = ProductsInfoServiceGrpc.newBlockingStub(search);
    this.item = ProductsInfoServiceGrpc.newBlockingStub(item);
    this.breaker = breaker;
  }

  @Override
  public String name() {
    return "catalogue";
  }

  /** Connects in the background: the first order need not pay for it out of its deadline. */
  @Override
  public void start() {
    for (ProductsInfoServiceBlockingStub peer : List.of(search, item)) {
      Thread.ofPlatform().daemon().name("catalogue-connect").start(() -> connect(peer));
    }
  }

  private static void connect(ProductsInfoServiceBlockingStub peer) {
    try {
      ProductsReply none = peer.getProductsInfo(ProductsRequest.getDefaultInstance());
      LOG.debug("Connected, and told of {} products", none.getItemsCount());
    } catch (StatusRuntimeException e) {
      LOG.debug("Connected, unless it is away: {}", e.getStatus());
    }
  }

  /**
   * A quote for each entry, in their order.
   *
   * @throws jangteo.chassis.web.ProblemException 422 naming each unknown product or seller; 503
   *     when neither search nor item answers, or too many wait for them
   */
  public List<Quote> quotes(Basket basket) {
    ProductsRequest request = request(basket);
    try {
      return quotes(ask(request));
    } catch (StatusRuntimeException refused) {
      throw problem(refused);
    } catch (BulkheadException tooMany) {
      throw unavailable();
    }
  }

  private ProductsReply ask(ProductsRequest request) {
    try {
      return searchCalls.invoke(() -> breaker.invoke(() -> search.getProductsInfo(request)));
    } catch (SearchBreaker.SearchAway | CircuitBreakerOpenException | BulkheadException away) {
      LOG.debug("Search is away, item is asked", away);
      return itemCalls.invoke(() -> item.getProductsInfo(request));
    }
  }

  private static ProductsRequest request(Basket basket) {
    ProductsRequest.Builder request = ProductsRequest.newBuilder();
    for (Basket.Entry entry : basket.entries()) {
      request.addItems(
          ProductRequest.newBuilder()
              .setProductId(entry.productId())
              .setProductName(entry.productName())
              .setSellerId(entry.sellerId()));
    }
    return request.build();
  }

  private static List<Quote> quotes(ProductsReply reply) {
    return reply.getItemsList().stream().map(Catalogue::quote).toList();
  }

  private static Quote quote(ProductReply reply) {
    return new Quote(
        reply.getProductId(),
        reply.getProductName(),
        reply.getListingId(),
        reply.getListingVersion(),
        reply.getSellerId(),
        new Money(reply.getProductPrice(), reply.getCurrency()));
  }

  private static RuntimeException problem(StatusRuntimeException refused) {
    if (refused.getStatus().getCode() != Status.Code.NOT_FOUND) {
      LOG.warn("Neither search nor item says what products cost: {}", refused.getStatus());
      return unavailable();
    }
    return Problem.invalid(
            GrpcRefusal.violations(refused).stream()
                .map(FieldViolation::getField)
                .findFirst()
                .map(Catalogue::field)
                .orElse("items"),
            "there is no such product, or no such seller offers it")
        .exception();
  }

  private static RuntimeException unavailable() {
    return Problem.unavailable("The catalogue cannot be reached at the moment.", RETRY_AFTER)
        .exception();
  }

  // Whatever of an item is unknown, the client's field is the product.
  private static String field(String violated) {
    int end = violated.indexOf('.');
    return (end < 0 ? violated : violated.substring(0, end)) + ".productId";
  }

  private static Bulkhead bulkhead(String name) {
    return Bulkhead.builder().name(name).limit(CALLS).queueLength(WAITING).build();
  }
}
