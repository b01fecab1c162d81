package jangteo.simulation;

import static jangteo.simulation.Scheduler.SECOND;

import java.util.function.LongConsumer;

/** Crashes and standstills at random moments; their number is bounded, so that every storm ends. */
final class Faults {
  private static final int MOST = 8;
  private static final long WINDOW = 20 * SECOND;

  private final World world;
  private int struck;

  Faults(World world) {
    this.world = world;
  }

  void begin() {
    for (int i = 0; i < world.weather().faults(); i++) {
      world.scheduler().after(world.chance().between(0, WINDOW), this::happen);
    }
  }

  int struck() {
    return struck;
  }

  /** Strikes a victim that is at a delicate point of its work, for so long. */
  void strike(LongConsumer victim) {
    if (struck < MOST) {
      struck++;
      victim.accept(Weather.outage(world.chance()));
    }
  }

  private void happen() {
    boolean death = world.chance().oneIn(2);
    switch (world.chance().below(4)) {
      case 0 -> strike(death ? world.order()::crash : world.order()::freeze);
      case 1 -> participant(world.item(), death);
      case 2 -> participant(world.payment(), death);
      default -> { // the whole service is away
        Participant service = world.chance().oneIn(2) ? world.item() : world.payment();
        strike(outage -> service.instances().forEach(instance -> service.crash(instance, outage)));
      }
    }
  }

  private void participant(Participant service, boolean death) {
    Participant.Instance victim = world.chance().pick(service.instances());
    strike(
        outage -> {
          if (death) {
            service.crash(victim, outage);
          } else {
            service.freeze(victim, outage);
          }
        });
  }
}
