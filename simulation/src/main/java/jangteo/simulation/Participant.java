package jangteo.simulation;

import static jangteo.simulation.Scheduler.MILLI;
import static jangteo.simulation.Scheduler.SECOND;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * A service that reads {@code orders} as a consumer group of one or two instances: a batch at a
 * time, and offsets are committed when the batch is done. After a crash, or when the partitions
 * have moved, what was not committed is read again; an instance that stood still meanwhile goes on
 * with what it had read, and finds that its offsets count no more.
 */
abstract class Participant {
  private static final long SESSION = 6 * SECOND;
  private static final int LARGEST_BATCH = 8;

  /** A replay that is not done by then was cut short by a crash. */
  private static final long LONGEST_REPLAY = 300 * SECOND;

  /** One process of the service. */
  static final class Instance {
    final String name;
    final int number;
    final long skew;
    final int[] position;
    Life life;
    boolean working;

    Instance(String name, int number, long skew, Life life, int partitions) {
      this.name = name;
      this.number = number;
      this.skew = skew;
      this.life = life;
      this.position = new int[partitions];
    }

    boolean up() {
      return life.lasts();
    }
  }

  final World world;
  private final List<Instance> instances;
  private final Set<UUID> putAside = new HashSet<>();
  private final int[] committed;
  private final int[] owner;

  Participant(String name, World world) {
    this.world = world;
    int partitions = world.weather().partitions();
    this.committed = new int[partitions];
    this.owner = new int[partitions];
    this.instances =
        IntStream.range(0, world.weather().instances())
            .mapToObj(
                i ->
                    new Instance(
                        name + "-" + (i + 1),
                        i,
                        world.weather().clockError(world.chance()),
                        new Life(world),
                        partitions))
            .toList();
    for (int p = 0; p < partitions; p++) {
      owner[p] = world.chance().below(instances.size());
    }
    world.orders().whenWritten(() -> instances.forEach(this::wake));
  }

  final List<Instance> instances() {
    return instances;
  }

  /** Handles records that were read together; calls {@code done} when their offsets may go. */
  abstract void handle(Instance self, List<OrderRecord> batch, Runnable done);

  /** An instance begins a life; what it had in memory is gone. */
  abstract void started(Instance self);

  /** An instance goes on after a standstill. */
  abstract void awake(Instance self);

  /** An instance ends; by itself, or so hard that nothing can be done any more. */
  abstract void ending(Instance self);

  final Instant clock(Instance instance) {
    return world.scheduler().clock(instance.skew);
  }

  final void crash(Instance self, long downFor) {
    if (!self.up()) {
      return;
    }
    world.trace().note(self.name, "dies for " + downFor / MILLI + " ms");
    ending(self);
    self.life.end();
    world.scheduler().after(Math.min(SESSION, downFor), this::rebalance);
    world
        .scheduler()
        .after(
            downFor,
            () -> {
              world.trace().note(self.name, "starts");
              self.life = new Life(world);
              self.working = false;
              System.arraycopy(committed, 0, self.position, 0, committed.length);
              rebalance();
              started(self);
            });
  }

  final void freeze(Instance self, long duration) {
    if (!self.up()) {
      return;
    }
    world.trace().note(self.name, "stands still for " + duration / MILLI + " ms");
    self.life.freeze(duration);
    if (duration > SESSION) {
      world.scheduler().after(SESSION, this::rebalance);
    }
    world
        .scheduler()
        .after(
            duration,
            () -> {
              rebalance();
              awake(self);
            });
  }

  /** After a step of its work: sometimes it stops here, for ever or for a while. */
  final void mayStop(Instance self) {
    if (world.chance().oneIn(world.weather().crash())) {
      boolean death = world.chance().oneIn(2);
      world
          .faults()
          .strike(
              outage -> {
                if (death) {
                  crash(self, outage);
                } else {
                  freeze(self, outage);
                }
              });
    }
  }

  private void rebalance() {
    List<Instance> members = instances.stream().filter(i -> i.up() && !i.life.frozen()).toList();
    if (members.isEmpty()) {
      return;
    }
    for (int p = 0; p < owner.length; p++) {
      Instance before = instances.get(owner[p]);
      Instance next = world.chance().pick(members);
      if (next != before) {
        owner[p] = next.number;
        next.position[p] = committed[p];
      }
    }
    members.forEach(this::wake);
  }

  private void wake(Instance self) {
    if (!self.working && self.up() && unread(self)) {
      self.working = true;
      self.life.later(world.weather().delay(world.chance()), () -> poll(self));
    }
  }

  private boolean unread(Instance self) {
    for (int p = 0; p < owner.length; p++) {
      if (owner[p] == self.number && self.position[p] < world.orders().end(p)) {
        return true;
      }
    }
    return false;
  }

  private void poll(Instance self) {
    int[] read = new int[owner.length];
    List<OrderRecord> batch = new ArrayList<>();
    int most = 1 + world.chance().below(LARGEST_BATCH);
    for (int p = 0; p < owner.length; p++) {
      while (owner[p] == self.number
          && self.position[p] < world.orders().end(p)
          && batch.size() < most) {
        OrderRecord record = world.orders().read(p, self.position[p]++).value();
        if (world.chance().oneIn(world.weather().failures() * 8)) {
          bury(self, record);
        } else {
          batch.add(record);
        }
      }
      read[p] = self.position[p];
    }
    handle(self, batch, () -> self.life.later(smallDelay(), () -> commit(self, read)));
  }

  /** A record that cannot be handled is put aside; an admin replays it when the cause is gone. */
  private void bury(Instance self, OrderRecord record) {
    record
        .order()
        .ifPresent(
            order -> {
              putAside.add(order.orderId());
              world.trace().happened(self.name + " dlt", order.orderId(), order.status());
              world
                  .scheduler()
                  .after(world.chance().between(1, 40 * SECOND), () -> replay(self, record));
            });
  }

  private void replay(Instance self, OrderRecord record) {
    if (self.up() && !self.life.frozen()) {
      record
          .order()
          .ifPresent(
              order ->
                  world.trace().happened(self.name + " replay", order.orderId(), order.status()));
      boolean[] done = {false};
      handle(self, List.of(record), () -> done[0] = true);
      world
          .scheduler()
          .after(
              LONGEST_REPLAY,
              () -> {
                if (!done[0]) {
                  replay(self, record);
                }
              });
    } else {
      world.scheduler().after(SECOND, () -> replay(self, record));
    }
  }

  /** The orders of which a record was put aside. */
  final Set<UUID> putAside() {
    return putAside;
  }

  private void commit(Instance self, int[] read) {
    for (int p = 0; p < owner.length; p++) {
      if (owner[p] == self.number && self.position[p] == read[p]) {
        committed[p] = Math.max(committed[p], read[p]);
      }
    }
    self.working = false;
    wake(self);
  }

  final long smallDelay() {
    return world.chance().between(20, 2 * MILLI);
  }
}
