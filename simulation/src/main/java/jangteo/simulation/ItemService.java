package jangteo.simulation;

import static jangteo.simulation.Scheduler.SECOND;

import jangteo.item.domain.Listing;
import jangteo.item.domain.Outcome.Accepted;
import jangteo.item.domain.Outcome.Committed;
import jangteo.item.domain.Outcome.Expired;
import jangteo.item.domain.Outcome.Rejected;
import jangteo.item.domain.Outcome.Released;
import jangteo.item.domain.Price;
import jangteo.item.domain.RecordedStep;
import jangteo.item.domain.Step;
import jangteo.item.domain.StepRequest;
import jangteo.order.domain.Order;
import jangteo.order.saga.SagaEvent;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Item around its real rules: a batch is taken in one transaction, then its recorded answers are
 * sent one by one, then its offsets are committed; it may die between any two of these. An open
 * reservation is announced again 30 s after the deadline.
 */
final class ItemService extends Participant {
  private static final long REMIND_AFTER = 30 * SECOND;

  private final ItemTables tables;

  ItemService(World world) {
    super("item", world);
    this.tables = new ItemTables(world.rules());
  }

  ItemTables tables() {
    return tables;
  }

  @Override
  void started(Instance self) {}

  @Override
  void awake(Instance self) {}

  @Override
  void ending(Instance self) {}

  @Override
  void handle(Instance self, List<OrderRecord> batch, Runnable done) {
    List<StepRequest> requests =
        batch.stream().flatMap(record -> request(record).stream()).toList();
    if (requests.isEmpty()) {
      done.run();
      return;
    }
    self.life.later(smallDelay(), () -> take(self, requests, done));
  }

  private void take(Instance self, List<StepRequest> requests, Runnable done) {
    if (world.chance().oneIn(world.weather().failures())) { // the database is away
      self.life.later(world.weather().delay(world.chance()), () -> take(self, requests, done));
      return;
    }
    List<RecordedStep> answers =
        tables.take(requests, putAside(), clock(self).truncatedTo(ChronoUnit.MICROS));
    for (RecordedStep answer : answers) {
      world.trace().happened(self.name, answer.orderId(), answer.outcome());
      tables.open(answer.orderId()).ifPresent(this::remindLater);
    }
    self.life.later(
        world.weather().delay(world.chance()), () -> send(self, requests, answers, 0, done));
    mayStop(self);
  }

  private void send(
      Instance self,
      List<StepRequest> requests,
      List<RecordedStep> answers,
      int next,
      Runnable done) {
    if (next == answers.size()) {
      done.run();
      return;
    }
    if (world.chance().oneIn(world.weather().failures())) { // Kafka is away: the batch once more
      self.life.later(world.weather().delay(world.chance()), () -> take(self, requests, done));
      return;
    }
    publish(answers.get(next));
    self.life.later(smallDelay(), () -> send(self, requests, answers, next + 1, done));
    mayStop(self);
  }

  private void publish(RecordedStep step) {
    world
        .stock()
        .append(
            step.orderId(),
            switch (step.outcome()) {
              case Accepted _ -> new SagaEvent.StockAccepted();
              case Rejected(var reason, var _) -> new SagaEvent.StockRejected(reason.name());
              case Expired() -> new SagaEvent.StockExpired();
              case Committed() -> new SagaEvent.StockCommitted();
              case Released() -> new SagaEvent.StockReleased();
            });
  }

  private void remindLater(RecordedStep reservation) {
    long due = Scheduler.micros(reservation.deadline()) + REMIND_AFTER - world.scheduler().now();
    world.scheduler().after(Math.max(due, REMIND_AFTER), () -> remind(reservation));
  }

  private void remind(RecordedStep reservation) {
    if (tables.open(reservation.orderId()).isEmpty()) {
      return;
    }
    Optional<Instance> awake =
        instances().stream().filter(i -> i.up() && !i.life.frozen()).findFirst();
    // Read, sent, written: what was open when it was read may be closed when it is sent.
    awake.ifPresent(
        self -> self.life.later(world.weather().delay(world.chance()), () -> publish(reservation)));
    world.scheduler().after(awake.isPresent() ? REMIND_AFTER : SECOND, () -> remind(reservation));
  }

  /** Sellers change a price, take a listing off sale or count their stock. */
  void tendedBySeller() {
    Listing listing = world.chance().pick(List.copyOf(tables.listings()));
    Listing.Terms terms =
        new Listing.Terms(
            world.chance().oneIn(2)
                ? listing.price()
                : new Price(listing.price().amount() + 100, listing.price().currency()),
            listing.stock().onHand() + world.chance().between(-2, 3),
            listing.status());
    if (terms.quantity() >= 0) {
      listing.replace(terms, world.scheduler().clock(0)).ifPresent(tables::add);
      world.trace().note("seller", "listing " + listing.id() + " on " + terms);
    }
  }

  private static Optional<StepRequest> request(OrderRecord record) {
    return record.order().flatMap(order -> step(order).map(step -> request(order, step)));
  }

  /** As {@code OrderRecords} reads a status. */
  private static Optional<Step> step(Order order) {
    return switch (order.status()) {
      case PLACED -> Optional.of(Step.RESERVE);
      case CONFIRMED -> Optional.of(Step.COMMIT);
      case REJECTED, CANCELLED, RETURNED -> Optional.of(Step.RELEASE);
      case SHIPPED, DELIVERED -> Optional.empty();
    };
  }

  private static StepRequest request(Order order, Step step) {
    return new StepRequest(
        order.orderId(),
        step,
        order.purchase().lines().stream()
            .map(
                line ->
                    new StepRequest.Line(
                        line.listingId(),
                        line.quantity(),
                        new Price(line.price().amount(), line.price().currency())))
            .toList(),
        order.deadline());
  }
}
