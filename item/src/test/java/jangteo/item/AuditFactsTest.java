package jangteo.item;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import jangteo.audit.v1.AuditFactsServiceGrpc;
import jangteo.audit.v1.AuditFactsServiceGrpc.AuditFactsServiceBlockingStub;
import jangteo.audit.v1.HeldLine;
import jangteo.audit.v1.ListListingsRequest;
import jangteo.audit.v1.ListReservationsRequest;
import jangteo.audit.v1.ListingStock;
import jangteo.audit.v1.Reservation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What item exports for the audit (DESIGN.md section 7). */
class AuditFactsTest {

  private static RunningItem item;
  private static Topics topics;
  private static ManagedChannel channel;
  private static AuditFactsServiceBlockingStub facts;

  @BeforeAll
  static void start() {
    item = RunningItem.start();
    topics = item.topics();
    channel = ManagedChannelBuilder.forAddress("127.0.0.1", item.grpcPort()).usePlaintext().build();
    facts = AuditFactsServiceGrpc.newBlockingStub(channel);
  }

  @AfterAll
  static void stop() {
    channel.shutdownNow();
    topics.close();
    item.close();
  }

  private static ListingStock listing(String product) {
    var request = ListListingsRequest.newBuilder().addProductIds(Long.parseLong(product)).build();
    return facts.listListings(request).next().getListings(0);
  }

  private static Reservation reservation(AnOrder order) {
    var request = ListReservationsRequest.newBuilder().addOrderIds(order.id().toString()).build();
    return facts.listReservations(request).next().getReservations(0);
  }

  @Test
  void aListingWithWhatItsOrdersAddUpTo() {
    String product = item.product("무선 이어폰");
    long id = item.listing(product, AnOrder.PRICE, 20);
    var held = AnOrder.of(id, 4);
    var sold = AnOrder.of(id, 3);
    var returned = AnOrder.of(id, 2);
    var cancelled = AnOrder.of(id, 1);
    topics.tell(held.placed(), sold.placed(), returned.placed(), cancelled.placed());
    topics.tell(sold.confirmed(), returned.confirmed(), cancelled.cancelled());
    topics.tell(returned.returned());
    Stream.of(sold, cancelled).forEach(order -> topics.replies(order.id(), 2));
    topics.replies(held.id(), 1);
    topics.replies(returned.id(), 3);

    ListingStock stock = listing(product);

    assertThat(stock.getHeldByOrders()).isEqualTo(stock.getReserved()).isEqualTo(4);
    assertThat(stock.getSoldToOrders()).isEqualTo(stock.getSold()).isEqualTo(5);
    assertThat(stock.getReturnedByOrders()).isEqualTo(stock.getRestocked()).isEqualTo(2);
    assertThat(stock.getOnHand()).isEqualTo(17);
    HeldLine three = HeldLine.newBuilder().setListingId(id).setQuantity(3).build();
    assertThat(reservation(sold))
        .isEqualTo(
            Reservation.newBuilder()
                .setOrderId(sold.id().toString())
                .addHeld(three)
                .setCommitted(true)
                .build());
    assertThat(reservation(cancelled).getReleased()).isTrue();
    assertThat(reservation(cancelled).getCommitted()).isFalse();
  }

  @Test
  void pagesGoThroughEverythingInOrder() {
    String product = item.product("책");
    for (long seller = 21; seller <= 25; seller++) {
      item.listing(seller, product, AnOrder.PRICE, 5, "ON_SALE");
    }
    List<AnOrder> orders =
        Stream.generate(() -> AnOrder.of(item.listing(product, AnOrder.PRICE, 5), 1))
            .limit(7)
            .toList();
    orders.forEach(order -> topics.tell(order.placed()));
    orders.forEach(order -> topics.replies(order.id(), 1));

    List<Long> sellers = new ArrayList<>();
    var listings = ListListingsRequest.newBuilder().setPageSize(2);
    listings.setAfterProductId(Long.parseLong(product) - 1);
    List<ListingStock> page;
    do {
      page = facts.listListings(listings.build()).next().getListingsList();
      page.forEach(listing -> sellers.add(listing.getSellerId()));
      if (!page.isEmpty()) {
        listings.setAfterProductId(page.getLast().getProductId());
        listings.setAfterSellerId(page.getLast().getSellerId());
      }
    } while (page.size() == 2);
    assertThat(sellers).startsWith(11L, 21L, 22L, 23L, 24L, 25L);

    List<String> ids = new ArrayList<>();
    String after = "";
    List<Reservation> found;
    do {
      var request =
          ListReservationsRequest.newBuilder().setAfterOrderId(after).setPageSize(3).build();
      found = facts.listReservations(request).next().getReservationsList();
      found.forEach(reservation -> ids.add(reservation.getOrderId()));
      after = ids.getLast();
    } while (found.size() == 3);
    assertThat(ids).isSorted().doesNotHaveDuplicates();
    assertThat(ids).containsAll(orders.stream().map(order -> order.id().toString()).toList());
  }
}
