package jangteo.simulation;

import static jangteo.simulation.Scheduler.SECOND;

import jangteo.order.saga.SagaEvent;

/** Everything that takes part in one history. */
final class World {
  private static final long LONGEST = 4 * 3_600 * SECOND;
  private static final int MOST_EVENTS = 100_000;

  private final Scheduler scheduler = new Scheduler();
  private final Rules rules;
  private final Chance chance;
  private final Trace trace;
  private final Weather weather;
  private final Topic<SagaEvent> commands;
  private final Topic<SagaEvent> stock;
  private final Topic<SagaEvent> payments;
  private final Topic<OrderRecord> orders;
  private final OrderService order;
  private final ItemService item;
  private final PaymentService payment;
  private final CardProvider provider;
  private final Clients clients;
  private final Faults faults;
  private final Watch watch;

  World(long seed, boolean traced, Rules rules) {
    this.rules = rules;
    chance = new Chance(seed);
    trace = new Trace(scheduler, traced);
    weather = Weather.draw(chance);
    commands = new Topic<>("commands", weather.partitions(), trace);
    stock = new Topic<>("stock", weather.partitions(), trace);
    payments = new Topic<>("payments", weather.partitions(), trace);
    orders = new Topic<>("orders", weather.partitions(), trace);
    faults = new Faults(this);
    provider = new CardProvider(this);
    order = new OrderService(this);
    item = new ItemService(this);
    payment = new PaymentService(this);
    clients = new Clients(this);
    watch = new Watch(this);
  }

  /**
   * Lets everything happen until nothing is left to happen, and looks at what is left.
   *
   * @throws InvariantBroken when a promise does not hold
   */
  void run() {
    clients.begin();
    faults.begin();
    int events = 0;
    while (scheduler.step()) {
      InvariantBroken.unless(
          ++events < MOST_EVENTS && scheduler.now() < LONGEST, "it comes to rest", "it does not");
    }
    new QuietCheck(this).check();
  }

  Scheduler scheduler() {
    return scheduler;
  }

  Rules rules() {
    return rules;
  }

  Chance chance() {
    return chance;
  }

  Trace trace() {
    return trace;
  }

  Weather weather() {
    return weather;
  }

  Topic<SagaEvent> commands() {
    return commands;
  }

  Topic<SagaEvent> stock() {
    return stock;
  }

  Topic<SagaEvent> payments() {
    return payments;
  }

  Topic<OrderRecord> orders() {
    return orders;
  }

  OrderService order() {
    return order;
  }

  ItemService item() {
    return item;
  }

  PaymentService payment() {
    return payment;
  }

  CardProvider provider() {
    return provider;
  }

  Clients clients() {
    return clients;
  }

  Faults faults() {
    return faults;
  }

  Watch watch() {
    return watch;
  }
}
