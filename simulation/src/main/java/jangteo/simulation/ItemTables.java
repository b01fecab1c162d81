package jangteo.simulation;

import jangteo.item.domain.Listing;
import jangteo.item.domain.Outcome;
import jangteo.item.domain.RecordedStep;
import jangteo.item.domain.Step;
import jangteo.item.domain.StepRequest;
import jangteo.item.domain.Stock;
import jangteo.item.domain.StockBook;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** What item's database keeps; each method is one transaction. */
final class ItemTables {
  private final Rules rules;
  private final Map<Long, Listing> listings = new TreeMap<>();
  private final Map<UUID, Map<Step, RecordedStep>> steps = new HashMap<>();

  ItemTables(Rules rules) {
    this.rules = rules;
  }

  void add(Listing listing) {
    listings.put(listing.id(), listing);
  }

  Collection<Listing> listings() {
    return listings.values();
  }

  /**
   * Takes a batch of steps, as {@code TakingSteps} does under the listings' locks.
   *
   * @param outOfOrder orders of which a record was put aside: only of these may there be something
   *     to sell that is not held, and it stays a dead letter
   */
  List<RecordedStep> take(List<StepRequest> requests, Set<UUID> outOfOrder, Instant now) {
    List<Listing> locked =
        requests.stream()
            .flatMap(request -> request.lines().stream())
            .map(StepRequest.Line::listingId)
            .distinct()
            .map(id -> Optional.ofNullable(listings.get(id)).orElseThrow())
            .toList();
    List<RecordedStep> recorded =
        requests.stream()
            .map(StepRequest::orderId)
            .distinct()
            .flatMap(order -> of(order).values().stream())
            .toList();
    StockBook book = new StockBook(locked, rules.remembered(recorded), now);
    List<RecordedStep> answers = new ArrayList<>();
    for (StepRequest request : requests) {
      Optional<RecordedStep> answer = rules.take(book, request);
      InvariantBroken.unless(
          answer.isPresent() || outOfOrder.contains(request.orderId()),
          "what is to be sold is held",
          request);
      answer.ifPresent(step -> inTime(step, request, now));
      answer.ifPresent(answers::add);
    }
    book.taken().forEach(this::record);
    book.changed().forEach(this::add);
    balanced();
    return answers;
  }

  private void record(RecordedStep step) {
    RecordedStep before =
        steps
            .computeIfAbsent(step.orderId(), id -> new EnumMap<>(Step.class))
            .put(step.step(), step);
    InvariantBroken.unless(before == null, "a step is taken once", step);
  }

  Map<Step, RecordedStep> of(UUID orderId) {
    return steps.getOrDefault(orderId, Map.of());
  }

  /** The reservation, when it is neither sold nor released. */
  Optional<RecordedStep> open(UUID orderId) {
    Map<Step, RecordedStep> taken = of(orderId);
    return Optional.ofNullable(taken.get(Step.RESERVE))
        .filter(step -> step.outcome() instanceof Outcome.Accepted)
        .filter(step -> !taken.containsKey(Step.COMMIT) && !taken.containsKey(Step.RELEASE));
  }

  boolean sold(UUID orderId) {
    return of(orderId).containsKey(Step.COMMIT) && !of(orderId).containsKey(Step.RELEASE);
  }

  private static void inTime(RecordedStep step, StepRequest request, Instant now) {
    InvariantBroken.unless(
        !(step.outcome() instanceof Outcome.Accepted)
            || step.at().isBefore(now)
            || !now.isAfter(request.deadline().plusSeconds(2)),
        "an order that comes too late is not worked on",
        step);
  }

  /** What the listings say is the sum of what the steps did; the equation itself holds Stock. */
  private void balanced() {
    Map<Long, Long> reserved = new HashMap<>();
    Map<Long, Long> sold = new HashMap<>();
    Map<Long, Long> restocked = new HashMap<>();
    for (Map<Step, RecordedStep> taken : steps.values()) {
      RecordedStep reserve = taken.get(Step.RESERVE);
      if (reserve != null && reserve.outcome() instanceof Outcome.Accepted accepted) {
        boolean committed = taken.containsKey(Step.COMMIT);
        boolean released = taken.containsKey(Step.RELEASE);
        accepted
            .held()
            .forEach(
                (listing, pieces) -> {
                  if (committed) {
                    sold.merge(listing, pieces, Long::sum);
                  }
                  if (released && committed) {
                    restocked.merge(listing, pieces, Long::sum);
                  }
                  if (!released && !committed) {
                    reserved.merge(listing, pieces, Long::sum);
                  }
                });
      }
    }
    for (Listing listing : listings.values()) {
      Stock stock = listing.stock();
      InvariantBroken.unless(
          stock.available() >= 0
              && stock.available() + stock.reserved() + stock.sold()
                  == stock.initial() + stock.adjusted() + stock.restocked(),
          "available + reserved + sold = initial + adjusted + restocked",
          listing);
      InvariantBroken.unless(
          stock.reserved() == reserved.getOrDefault(listing.id(), 0L)
              && stock.sold() == sold.getOrDefault(listing.id(), 0L)
              && stock.restocked() == restocked.getOrDefault(listing.id(), 0L),
          "the stock is what the steps made of it",
          listing);
    }
  }
}
