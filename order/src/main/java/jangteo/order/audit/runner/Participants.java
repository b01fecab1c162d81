package jangteo.order.audit.runner;

import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import jangteo.audit.v1.AuditFactsServiceGrpc;
import jangteo.audit.v1.AuditFactsServiceGrpc.AuditFactsServiceBlockingStub;
import jangteo.audit.v1.GetLedgerRequest;
import jangteo.audit.v1.ListListingsRequest;
import jangteo.audit.v1.ListListingsResponse;
import jangteo.audit.v1.ListOffersRequest;
import jangteo.audit.v1.ListOffersResponse;
import jangteo.audit.v1.ListPaymentsRequest;
import jangteo.audit.v1.ListPaymentsResponse;
import jangteo.audit.v1.ListReservationsRequest;
import jangteo.audit.v1.ListReservationsResponse;
import jangteo.audit.v1.ListingStock;
import jangteo.audit.v1.OrderPayment;
import jangteo.audit.v1.ProductOffers;
import jangteo.audit.v1.Reservation;
import jangteo.chassis.web.Problem;
import jangteo.order.audit.Facts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * What item, payment and search say of their stores. Each call has a deadline of its own, so that
 * an audit never hangs.
 *
 * <p>Each method throws a 503 problem that names the service that does not answer.
 */
public final class Participants {

  private static final Duration PAGE_LIMIT = Duration.ofSeconds(20);
  private static final Duration LEDGER_LIMIT = Duration.ofSeconds(60);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private static final int ORDERS = 2_000;
  private static final int LISTINGS = 2_000;
  private static final int PRODUCTS = 1_000;

  private final AuditFactsServiceBlockingStub item;
  private final AuditFactsServiceBlockingStub payment;
  private final AuditFactsServiceBlockingStub search;

  /** Asks over these channels. */
  public Participants(Channel item, Channel payment, Channel search) {
    this.item = AuditFactsServiceGrpc.newBlockingStub(item);
    this.payment = AuditFactsServiceGrpc.newBlockingStub(payment);
    this.search = AuditFactsServiceGrpc.newBlockingStub(search);
  }

  /** All reservations behind this order, in the order of the orders' ids. */
  Iterator<Reservation> reservations(String after) {
    return Sorted.pages(
        ORDERS,
        last ->
            reservations(
                ListReservationsRequest.newBuilder()
                    .setAfterOrderId(last.map(Reservation::getOrderId).orElse(after))
                    .setPageSize(ORDERS)
                    .build()));
  }

  /** Those of these orders. */
  List<Reservation> reservations(Collection<String> orderIds) {
    return reservations(ListReservationsRequest.newBuilder().addAllOrderIds(orderIds).build());
  }

  private List<Reservation> reservations(ListReservationsRequest request) {
    return all(
        "item",
        () -> limited(item, PAGE_LIMIT).listReservations(request),
        ListReservationsResponse::getReservationsList);
  }

  /** All payments behind this order, in the order of the orders' ids. */
  Iterator<OrderPayment> payments(String after) {
    return Sorted.pages(
        ORDERS,
        last ->
            payments(
                ListPaymentsRequest.newBuilder()
                    .setAfterOrderId(last.map(OrderPayment::getOrderId).orElse(after))
                    .setPageSize(ORDERS)
                    .build()));
  }

  /** Those of these orders. */
  List<OrderPayment> payments(Collection<String> orderIds) {
    return payments(ListPaymentsRequest.newBuilder().addAllOrderIds(orderIds).build());
  }

  private List<OrderPayment> payments(ListPaymentsRequest request) {
    return all(
        "payment",
        () -> limited(payment, PAGE_LIMIT).listPayments(request),
        ListPaymentsResponse::getPaymentsList);
  }

  /** All listings, in the order of product and seller. */
  Iterator<ListingStock> listings() {
    return Sorted.pages(
        LISTINGS,
        last ->
            listings(
                ListListingsRequest.newBuilder()
                    .setAfterProductId(last.map(ListingStock::getProductId).orElse(0L))
                    .setAfterSellerId(last.map(ListingStock::getSellerId).orElse(0L))
                    .setPageSize(LISTINGS)
                    .build()));
  }

  /** Those of these products, in the same order. */
  List<ListingStock> listings(Collection<Long> productIds) {
    return listings(ListListingsRequest.newBuilder().addAllProductIds(productIds).build());
  }

  private List<ListingStock> listings(ListListingsRequest request) {
    return all(
        "item",
        () -> limited(item, PAGE_LIMIT).listListings(request),
        ListListingsResponse::getListingsList);
  }

  /** All products as search has them, in the order of their ids. */
  Iterator<ProductOffers> offers() {
    return Sorted.pages(
        PRODUCTS,
        last ->
            offers(
                ListOffersRequest.newBuilder()
                    .setAfterProductId(last.map(ProductOffers::getProductId).orElse(0L))
                    .setPageSize(PRODUCTS)
                    .build()));
  }

  /** These products, in the same order. */
  List<ProductOffers> offers(Collection<Long> productIds) {
    return offers(ListOffersRequest.newBuilder().addAllProductIds(productIds).build());
  }

  private List<ProductOffers> offers(ListOffersRequest request) {
    return all(
        "search",
        () -> limited(search, PAGE_LIMIT).listOffers(request),
        ListOffersResponse::getProductsList);
  }

  /** The ledger. */
  Facts.Ledger ledger() {
    GetLedgerRequest request = GetLedgerRequest.getDefaultInstance();
    return all(
            "payment",
            () -> List.of(limited(payment, LEDGER_LIMIT).getLedger(request)).iterator(),
            ledger -> List.of(FactMessages.ledger(ledger)))
        .getFirst();
  }

  private static AuditFactsServiceBlockingStub limited(
      AuditFactsServiceBlockingStub peer, Duration limit) {
    return peer.withDeadlineAfter(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  private interface Call<A> {
    Iterator<A> begin();
  }

  private static <A, T> List<T> all(String name, Call<A> call, Function<A, List<T>> read) {
    List<T> all = new ArrayList<>();
    try {
      call.begin().forEachRemaining(answer -> all.addAll(read.apply(answer)));
      return all;
    } catch (StatusRuntimeException e) {
      throw away(name, e);
    }
  }

  private static RuntimeException away(String name, StatusRuntimeException cause) {
    RuntimeException problem =
        Problem.unavailable(
                "The audit needs %s, which does not answer (%s)."
                    .formatted(name, cause.getStatus().getCode()),
                RETRY_AFTER)
            .exception();
    problem.initCause(cause);
    return problem;
  }
}
