package jangteo.item.domain;

import static jangteo.item.domain.Orders.DEADLINE;
import static jangteo.item.domain.Orders.NOON;
import static jangteo.item.domain.Orders.listing;
import static org.assertj.core.api.Assertions.assertThat;

import jangteo.item.domain.Outcome.Accepted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * DESIGN.md section 7, invariant 2, under any sequence of steps and corrections, in any batches.
 */
class StockProperties {

  private static final int ORDERS = 6;
  private static final int LISTINGS = 3;

  /** What can happen to the stock. */
  sealed interface Happening {}

  record Taken(StepRequest request) implements Happening {}

  record Corrected(long listingId, long delta) implements Happening {}

  /** Everything so far is written, and the next batch begins. */
  record BatchEnds(long seconds) implements Happening {}

  @Property
  void everyPieceIsAvailableReservedOrSold(@ForAll("happenings") List<Happening> happenings) {
    var shop = new Shop();

    happenings.forEach(shop::happen);
    shop.write();

    for (Listing listing : shop.listings.values()) {
      Stock stock = listing.stock();
      assertThat(stock.available() + stock.reserved() + stock.sold())
          .isEqualTo(stock.initial() + shop.corrected(listing.id()) + stock.restocked());
      assertThat(stock.available()).isNotNegative();
      assertThat(stock.reserved()).isEqualTo(shop.open(listing.id()));
      assertThat(stock.sold() - stock.restocked()).isEqualTo(shop.soldAndKept(listing.id()));
      assertThat(stock.onHand())
          .isEqualTo(stock.initial() + shop.corrected(listing.id()) + shop.ordered(listing.id()));
    }
  }

  @Property
  void aRepeatedHistoryChangesNothing(@ForAll("happenings") List<Happening> happenings) {
    var shop = new Shop();
    happenings.forEach(shop::happen);
    shop.write();
    Map<Long, Listing> before = Map.copyOf(shop.listings);

    happenings.stream()
        .filter(Taken.class::isInstance)
        .map(Taken.class::cast)
        // A commit that found nothing held is not recorded: the saga never asks for one.
        .filter(taken -> shop.recorded(taken.request()))
        .forEach(shop::happen);
    shop.write();

    assertThat(shop.listings).isEqualTo(before);
  }

  @Provide
  Arbitrary<List<Happening>> happenings() {
    Arbitrary<StepRequest.Line> lines =
        Combinators.combine(
                Arbitraries.longs().between(1, LISTINGS + 1), Arbitraries.longs().between(1, 4))
            .as(Orders::line);
    // As in life, all steps of one order have the same lines.
    Arbitrary<List<List<StepRequest.Line>>> orders =
        lines.list().ofMinSize(1).ofMaxSize(3).list().ofSize(ORDERS);
    return orders.flatMap(
        linesOf ->
            Arbitraries.frequencyOf(
                    Tuple.of(
                        6,
                        Combinators.combine(
                                Arbitraries.integers().between(0, ORDERS - 1),
                                Arbitraries.of(Step.class))
                            .as(
                                (order, step) ->
                                    (Happening)
                                        new Taken(
                                            new StepRequest(
                                                new UUID(0, order),
                                                step,
                                                linesOf.get(order),
                                                DEADLINE)))),
                    Tuple.of(
                        1,
                        Combinators.combine(
                                Arbitraries.longs().between(1, LISTINGS),
                                Arbitraries.longs().between(-5, 5))
                            .as((id, delta) -> (Happening) new Corrected(id, delta))),
                    Tuple.of(1, Arbitraries.longs().between(0, 3).map(BatchEnds::new)))
                .list()
                .ofMaxSize(60));
  }

  /** Stands for the database: what was written is what the next batch starts with. */
  private static final class Shop {
    final Map<Long, Listing> listings = new HashMap<>();
    private final List<RecordedStep> recorded = new ArrayList<>();
    private final Map<Long, Long> corrections = new HashMap<>();
    private final List<StockChange> history = new ArrayList<>();
    private Instant now = NOON;
    private StockBook book;

    Shop() {
      for (long id = 1; id <= LISTINGS; id++) {
        listings.put(id, listing(id, 5));
      }
      book = new StockBook(listings.values(), recorded, now);
    }

    void happen(Happening happening) {
      switch (happening) {
        case Taken(StepRequest request) -> book.take(request);
        case Corrected(long id, long delta) -> {
          write();
          listings
              .get(id)
              .adjust(delta, now)
              .ifPresent(
                  adjusted -> {
                    listings.put(id, adjusted);
                    corrections.merge(id, delta, Long::sum);
                  });
          book = new StockBook(listings.values(), recorded, now);
        }
        case BatchEnds(long seconds) -> {
          write();
          now = now.plusSeconds(seconds);
          book = new StockBook(listings.values(), recorded, now);
        }
      }
    }

    void write() {
      book.changed().forEach(listing -> listings.put(listing.id(), listing));
      recorded.addAll(book.taken());
      history.addAll(book.history());
      book = new StockBook(listings.values(), recorded, now);
    }

    boolean recorded(StepRequest request) {
      return recorded.stream()
          .anyMatch(
              step -> step.orderId().equals(request.orderId()) && step.step() == request.step());
    }

    long corrected(long listingId) {
      return corrections.getOrDefault(listingId, 0L);
    }

    long ordered(long listingId) {
      return history.stream()
          .filter(change -> change.listingId() == listingId)
          .mapToLong(StockChange::delta)
          .sum();
    }

    long open(long listingId) {
      return held(listingId, false);
    }

    long soldAndKept(long listingId) {
      return held(listingId, true);
    }

    private long held(long listingId, boolean sold) {
      return recorded.stream()
          .filter(step -> step.outcome() instanceof Accepted)
          .filter(step -> !taken(step.orderId(), Step.RELEASE))
          .filter(step -> taken(step.orderId(), Step.COMMIT) == sold)
          .mapToLong(step -> ((Accepted) step.outcome()).held().getOrDefault(listingId, 0L))
          .sum();
    }

    private boolean taken(UUID orderId, Step step) {
      return recorded.stream()
          .anyMatch(taken -> taken.orderId().equals(orderId) && taken.step() == step);
    }
  }
}
