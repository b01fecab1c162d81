package jangteo.item.domain;

import jangteo.item.domain.Outcome.Accepted;
import jangteo.item.domain.Outcome.Committed;
import jangteo.item.domain.Outcome.Expired;
import jangteo.item.domain.Outcome.Released;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * The stock while a batch of steps is taken: it starts with the locked listings and the steps
 * recorded so far, takes the batch's steps one after the other in memory, and then says what is to
 * be written: one change per listing, one row per (order, step).
 */
public final class StockBook {

  private final Map<Long, Listing> listings = new HashMap<>();
  private final Map<UUID, Map<Step, RecordedStep>> steps = new HashMap<>();
  private final SortedMap<Long, Stock> moved = new TreeMap<>();
  private final List<RecordedStep> taken = new ArrayList<>();
  private final List<StockChange> history = new ArrayList<>();
  private final Map<Long, Integer> historyOf = new HashMap<>();
  private final Instant now;

  public StockBook(Collection<Listing> listings, Collection<RecordedStep> recorded, Instant now) {
    listings.forEach(listing -> this.listings.put(listing.id(), listing));
    recorded.forEach(this::remember);
    this.now = now;
  }

  /**
   * Takes the step, or finds that it was taken before; the answer is the same either way. Empty
   * when there is nothing to answer: a commit of what was never held, which no sane saga asks for.
   */
  public Optional<RecordedStep> take(StepRequest request) {
    Optional<RecordedStep> before = recorded(request.orderId(), request.step());
    if (before.isPresent()) {
      return before;
    }
    Optional<Outcome> outcome =
        switch (request.step()) {
          case RESERVE -> Optional.of(reserve(request));
          case COMMIT -> commit(request.orderId());
          case RELEASE -> Optional.of(release(request.orderId()));
        };
    return outcome.map(
        found -> {
          var step =
              new RecordedStep(request.orderId(), request.step(), found, request.deadline(), now);
          remember(step);
          taken.add(step);
          return step;
        });
  }

  private Outcome reserve(StepRequest request) {
    // A release that came first is a tombstone: the order is over.
    if (request.expired(now) || recorded(request.orderId(), Step.RELEASE).isPresent()) {
      return new Expired();
    }
    Outcome outcome = Reserving.judge(request.lines(), this::listing);
    if (outcome instanceof Accepted accepted) {
      accepted.held().forEach((id, quantity) -> move(id, stock -> stock.reserve(quantity)));
    }
    return outcome;
  }

  private Optional<Outcome> commit(UUID orderId) {
    if (recorded(orderId, Step.RELEASE).isPresent()) {
      return Optional.empty();
    }
    return held(orderId)
        .map(
            held -> {
              held.held()
                  .forEach(
                      (id, quantity) -> {
                        move(id, stock -> stock.commit(quantity));
                        remember(id, StockChange.Kind.SOLD, -quantity, orderId);
                      });
              return new Committed();
            });
  }

  private Outcome release(UUID orderId) {
    boolean sold = recorded(orderId, Step.COMMIT).isPresent();
    held(orderId)
        .ifPresent(
            held ->
                held.held()
                    .forEach(
                        (id, quantity) -> {
                          if (sold) {
                            move(id, stock -> stock.restock(quantity));
                            remember(id, StockChange.Kind.RETURNED, quantity, orderId);
                          } else {
                            move(id, stock -> stock.release(quantity));
                          }
                        }));
    return new Released();
  }

  private Optional<Accepted> held(UUID orderId) {
    return recorded(orderId, Step.RESERVE)
        .map(RecordedStep::outcome)
        .filter(Accepted.class::isInstance)
        .map(Accepted.class::cast);
  }

  private void move(long id, UnaryOperator<Stock> movement) {
    moved.put(id, movement.apply(listing(id).orElseThrow().stock()));
  }

  private void remember(long id, StockChange.Kind kind, long delta, UUID orderId) {
    Listing listing = listing(id).orElseThrow();
    int nth = historyOf.merge(id, 1, Integer::sum) - 1;
    history.add(
        new StockChange(
            id,
            listing.sequence(),
            nth,
            kind,
            delta,
            listing.stock().onHand(),
            Optional.empty(),
            Optional.of(orderId),
            now));
  }

  private Optional<Listing> listing(long id) {
    Listing listing = listings.get(id);
    if (listing == null) {
      return Optional.empty();
    }
    Stock stock = moved.get(id);
    return Optional.of(stock == null ? listing : listing.moved(stock, now));
  }

  private Optional<RecordedStep> recorded(UUID orderId, Step step) {
    return Optional.ofNullable(steps.getOrDefault(orderId, Map.of()).get(step));
  }

  private void remember(RecordedStep step) {
    steps.computeIfAbsent(step.orderId(), id -> new EnumMap<>(Step.class)).put(step.step(), step);
  }

  /** The listings whose stock moved, in id order, each one sequence on. */
  public List<Listing> changed() {
    return moved.keySet().stream().map(id -> listing(id).orElseThrow()).toList();
  }

  /** What the steps taken did to what is on hand, in order. */
  public List<StockChange> history() {
    return List.copyOf(history);
  }

  /** The steps taken, in order; not those found. */
  public List<RecordedStep> taken() {
    return List.copyOf(taken);
  }
}
