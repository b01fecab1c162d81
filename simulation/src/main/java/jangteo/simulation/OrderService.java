package jangteo.simulation;

import static jangteo.simulation.Scheduler.MILLI;
import static jangteo.simulation.Scheduler.SECOND;

import jangteo.order.domain.Order;
import jangteo.order.saga.Effect;
import jangteo.order.saga.OrderState;
import jangteo.order.saga.OrderState.Known;
import jangteo.order.saga.OrderState.Placed;
import jangteo.order.saga.SagaEvent;
import jangteo.order.saga.Transition;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Runs the real saga as Kafka Streams does: records are read in the order of their partition and in
 * any order between topics; states, records that go out and offsets become durable and visible
 * together, a few milliseconds later, or not at all.
 */
final class OrderService {
  private static final long COMMIT_INTERVAL = 10 * MILLI;
  private static final long TICK = 100 * MILLI;

  /** From when on the broker aborts the transaction of an instance that stands still. */
  private static final long TRANSACTION_TIMEOUT = 5 * SECOND;

  private record Outgoing(UUID orderId, OrderRecord record) {}

  private final World world;
  private final List<Topic<SagaEvent>> inputs;

  // What survives a crash.
  private final Map<UUID, OrderState> store = new HashMap<>();
  private final int[][] committed;

  // What does not.
  private final Map<UUID, OrderState> uncommitted = new HashMap<>();
  private final List<Outgoing> outgoing = new ArrayList<>();
  private final Map<UUID, Instant> deadlines = new HashMap<>();
  private int[][] position;
  private final DeadlineGate gate;
  private Life life;
  private boolean reading;
  private boolean committing;
  private long nextTick = Long.MAX_VALUE;
  private long skew;

  /** Until when, at least, it was not reading and ending orders as it should; microseconds. */
  private long impairedUntil;

  OrderService(World world) {
    this.world = world;
    this.inputs = List.of(world.commands(), world.stock(), world.payments());
    this.committed = new int[inputs.size()][world.weather().partitions()];
    this.position = copy(committed);
    this.life = new Life(world);
    this.gate = new DeadlineGate(world, inputs);
    inputs.forEach(topic -> topic.whenWritten(this::wake));
  }

  /** Dies, and another instance takes over or it comes back: from what is durable. */
  void crash(long downFor) {
    world.trace().note("order", "dies for " + downFor / MILLI + " ms");
    life.end();
    impairedUntil = Math.max(impairedUntil, world.scheduler().now() + downFor);
    world.scheduler().after(downFor, this::start);
  }

  /** Stands still; for longer than a transaction may take, it is fenced and taken over. */
  void freeze(long duration) {
    if (duration >= TRANSACTION_TIMEOUT) {
      crash(duration);
      return;
    }
    world.trace().note("order", "stands still for " + duration / MILLI + " ms");
    life.freeze(duration);
    impairedUntil = Math.max(impairedUntil, life.frozenUntil());
  }

  private void start() {
    world.trace().note("order", "starts");
    life = new Life(world);
    skew = world.chance().oneIn(4) ? world.weather().clockError(world.chance()) / 6 : skew;
    uncommitted.clear();
    outgoing.clear();
    deadlines.clear();
    position = copy(committed);
    reading = false;
    committing = false;
    nextTick = Long.MAX_VALUE;
    store.values().forEach(this::follow);
    gate.close();
    wake();
    scheduleTick();
  }

  Instant clock() {
    return world.scheduler().clock(skew).truncatedTo(ChronoUnit.MILLIS);
  }

  /** Since when, on its present clock, it has been in a state to keep the promise of 500 ms. */
  Instant soundSince() {
    return Scheduler.START_OF_TIME.plusNanos((impairedUntil + skew) * 1_000);
  }

  /** The committed state of an order. */
  Optional<Order> find(UUID orderId) {
    return store.get(orderId) instanceof Known known
        ? Optional.of(known.order())
        : Optional.empty();
  }

  private void wake() {
    if (!reading && life.lasts()) {
      reading = true;
      life.later(world.chance().between(50, 2 * MILLI), this::readNext);
    }
  }

  private void readNext() {
    int partitions = world.weather().partitions();
    int all = inputs.size() * partitions;
    int next = world.chance().below(all);
    int looked = 0;
    while (looked < all && !unread(next / partitions, next % partitions)) {
      next = (next + 1) % all;
      looked++;
    }
    if (looked == all) {
      reading = false;
      return;
    }
    int topic = next / partitions;
    int partition = next % partitions;
    Topic.Entry<SagaEvent> entry = inputs.get(topic).read(partition, position[topic][partition]++);
    step(entry.key(), entry.value());
    life.later(world.chance().between(20, MILLI), this::readNext);
    if (world.chance().oneIn(world.weather().crash() * 4)) {
      world.faults().strike(this::crash);
    }
  }

  private boolean unread(int topic, int partition) {
    return position[topic][partition] < inputs.get(topic).end(partition);
  }

  private void step(UUID orderId, SagaEvent event) {
    OrderState before =
        uncommitted.getOrDefault(orderId, store.getOrDefault(orderId, new OrderState.NotPlaced()));
    Transition transition = world.rules().saga(before, event, clock());
    Watch.answersTheLate(before, event, transition);
    OrderState after = transition.state();
    if (after instanceof Known) {
      uncommitted.put(orderId, after);
    }
    follow(after);
    for (Effect effect : transition.effects()) {
      outgoing.add(new Outgoing(orderId, record(after, effect)));
    }
    if (!committing) {
      committing = true;
      life.later(world.chance().between(MILLI, COMMIT_INTERVAL), this::commit);
    }
    scheduleTick();
  }

  private static OrderRecord record(OrderState state, Effect effect) {
    return new OrderRecord(
        state instanceof Known known ? Optional.of(known.order()) : Optional.empty(),
        effect instanceof Effect.Answer answer ? Optional.of(answer) : Optional.empty());
  }

  private void follow(OrderState state) {
    if (state instanceof Placed(Order order)) {
      deadlines.put(order.orderId(), order.deadline());
    } else if (state instanceof Known known) {
      deadlines.remove(known.order().orderId());
    }
  }

  private void commit() {
    committing = false;
    store.putAll(uncommitted);
    uncommitted.clear();
    for (int topic = 0; topic < committed.length; topic++) {
      System.arraycopy(position[topic], 0, committed[topic], 0, position[topic].length);
    }
    List<Outgoing> visible = List.copyOf(outgoing);
    outgoing.clear();
    visible.forEach(out -> world.orders().append(out.orderId(), out.record()));
  }

  // The real one ticks all the time; here only when something falls due.
  private void scheduleTick() {
    if (deadlines.isEmpty()) {
      return;
    }
    long now = world.scheduler().now();
    long due = deadlines.values().stream().mapToLong(Scheduler::micros).min().orElseThrow() - skew;
    long next = (Math.max(due, now + 1) / TICK + 1) * TICK;
    if (next < nextTick) { // a clock that was set back brings an earlier one
      nextTick = next;
      life.later(next - now, this::tick);
    }
  }

  private void tick() {
    nextTick = Long.MAX_VALUE;
    Instant now = clock();
    boolean[] looked = new boolean[world.weather().partitions()];
    for (Map.Entry<UUID, Instant> deadline : List.copyOf(deadlines.entrySet())) {
      if (!deadline.getValue().isAfter(now)) {
        expire(deadline.getKey(), Scheduler.micros(deadline.getValue()) - skew, looked);
      }
    }
    scheduleTick();
  }

  private void expire(UUID orderId, long deadline, boolean[] looked) {
    int partition = world.orders().partition(orderId);
    if (!gate.hasHeard(partition, deadline) && !looked[partition]) {
      gate.look(partition, position);
      looked[partition] = true;
    }
    if (gate.hasHeard(partition, deadline)) {
      step(orderId, new SagaEvent.DeadlinePassed());
    } else if (gate.isBehind(partition)) {
      impairedUntil = Math.max(impairedUntil, world.scheduler().now() + TICK);
    }
  }

  private static int[][] copy(int[][] offsets) {
    int[][] copy = new int[offsets.length][];
    for (int i = 0; i < offsets.length; i++) {
      copy[i] = offsets[i].clone();
    }
    return copy;
  }
}
