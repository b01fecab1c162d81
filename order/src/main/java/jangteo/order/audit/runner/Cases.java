package jangteo.order.audit.runner;

import jangteo.audit.v1.ListingStock;
import jangteo.audit.v1.OrderPayment;
import jangteo.audit.v1.ProductOffers;
import jangteo.audit.v1.Reservation;
import jangteo.order.audit.Facts.ListingCase;
import jangteo.order.audit.Facts.OrderCase;
import jangteo.order.audit.Trail;
import jangteo.order.domain.Order;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Puts together what belongs together: sorted facts side by side, a key at a time. */
final class Cases {

  private Cases() {}

  /**
   * All orders that anybody knows.
   *
   * @param within until when the ids are wanted
   */
  static void ofOrders(
      Iterator<Order> views,
      SortedMap<String, Trail> trails,
      boolean trailsWhole,
      Iterator<Reservation> reservations,
      Iterator<OrderPayment> payments,
      Predicate<String> within,
      Consumer<OrderCase> each) {
    var mongo = Sorted.by((Order order) -> order.orderId().toString(), views);
    var topic = Sorted.by(Map.Entry<String, Trail>::getKey, trails.entrySet().iterator());
    var item = Sorted.by(Reservation::getOrderId, reservations);
    var payment = Sorted.by(OrderPayment::getOrderId, payments);
    while (true) {
      Optional<String> next =
          Stream.of(mongo.head(), topic.head(), item.head(), payment.head())
              .flatMap(Optional::stream)
              .min(Comparator.naturalOrder())
              .filter(within);
      if (next.isEmpty()) {
        return;
      }
      String id = next.get();
      each.accept(
          new OrderCase(
              id,
              mongo.take(id).stream().findFirst(),
              topic.take(id).stream().findFirst().map(Map.Entry::getValue),
              trailsWhole,
              item.take(id).stream().map(FactMessages::reservation).toList(),
              payment.take(id).stream().map(FactMessages::payment).toList()));
    }
  }

  private record Place(long productId, long sellerId) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int byProduct = Long.compare(productId, other.productId);
      return byProduct == 0 ? Long.compare(sellerId, other.sellerId) : byProduct;
    }
  }

  private record Shown(Place place, jangteo.audit.v1.Offer offer) {}

  /** All listings that item or search knows. */
  static void ofListings(
      Iterator<ListingStock> stocks, Iterator<ProductOffers> products, Consumer<ListingCase> each) {
    var item = Sorted.by((ListingStock s) -> new Place(s.getProductId(), s.getSellerId()), stocks);
    var search = Sorted.by(Shown::place, shown(products));
    while (true) {
      Optional<Place> next =
          Stream.of(item.head(), search.head())
              .flatMap(Optional::stream)
              .min(Comparator.naturalOrder());
      if (next.isEmpty()) {
        return;
      }
      Place place = next.get();
      List<ListingStock> stock = item.take(place);
      List<Shown> offers = search.take(place);
      each.accept(
          new ListingCase(
              place.productId(),
              place.sellerId(),
              stock.stream().findFirst().map(FactMessages::stock),
              offers.stream().findFirst().map(Shown::offer).map(FactMessages::offer)));
    }
  }

  private static Iterator<Shown> shown(Iterator<ProductOffers> products) {
    Iterable<ProductOffers> all = () -> products;
    return StreamSupport.stream(all.spliterator(), false)
        .flatMap(
            product ->
                product.getOffersList().stream()
                    .map(
                        offer ->
                            new Shown(
                                new Place(product.getProductId(), offer.getSellerId()), offer)))
        .iterator();
  }
}
