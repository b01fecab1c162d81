package jangteo.local.chaos;

import jangteo.local.Refusal;
import jangteo.local.servers.Toxics;
import jangteo.local.shop.Wires;
import jangteo.local.shop.Wires.Wire;
import jangteo.local.supervisor.PartStatus;
import jangteo.local.supervisor.PartStatus.State;
import jangteo.local.supervisor.Supervisor;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does faults to the shop's parts, and undoes them. */
final class Injector {
  private static final Duration READY_LIMIT = Duration.ofMinutes(2);
  private static final Duration LOOK = Duration.ofMillis(200);

  private final Supervisor supervisor;
  private final Wires wires;
  private final Clock clock;

  Injector(Supervisor supervisor, Wires wires, Clock clock) {
    this.supervisor = supervisor;
    this.wires = wires;
    this.clock = clock;
  }

  /**
   * Does the faults of one round, all from now on; returns when all are undone and their parts
   * ready.
   *
   * @throws Refusal when a part does not come back
   */
  List<Outage> inflict(List<Fault> round) throws InterruptedException {
    List<Future<Outage>> under = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      round.forEach(fault -> under.add(threads.submit(() -> inflict(fault))));
      List<Outage> outages = new ArrayList<>();
      for (Future<Outage> each : under) {
        outages.add(each.get());
      }
      return outages;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Refusal refusal
          ? refusal
          : new Refusal("A fault could not be done: " + e.getCause(), e);
    }
  }

  private Outage inflict(Fault fault) throws IOException, InterruptedException {
    Instant begin = clock.instant();
    begin(fault);
    Thread.sleep(fault.lasts());
    Instant undone = clock.instant();
    undo(fault);
    awaitReady(fault.part());
    return new Outage(fault, begin, undone, clock.instant());
  }

  private void begin(Fault fault) throws IOException, InterruptedException {
    Toxics toxics = toxics(fault);
    switch (fault.kind()) {
      case KILL -> supervisor.kill(fault.part());
      case PAUSE -> supervisor.pause(fault.part());
      case DELAY -> {
        for (String proxy : proxiesOf(fault.part())) {
          toxics.delay(proxy, Duration.ofMillis(600));
        }
      }
      case RESET -> {
        for (String proxy : proxiesOf(fault.part())) {
          toxics.reset(proxy);
        }
      }
      case SWALLOW -> {
        for (String proxy : proxiesOf(fault.part())) {
          toxics.swallow(proxy);
        }
      }
    }
  }

  private void undo(Fault fault) throws IOException, InterruptedException {
    Toxics toxics = toxics(fault);
    switch (fault.kind()) {
      case KILL -> supervisor.start(fault.part());
      case PAUSE -> supervisor.resume(fault.part());
      case DELAY, RESET, SWALLOW -> {
        for (String proxy : proxiesOf(fault.part())) {
          toxics.heal(proxy);
        }
      }
    }
  }

  /** Two parts that are cut off at once share the wire between them. */
  private Toxics toxics(Fault fault) {
    return new Toxics(wires.control(), fault.part());
  }

  private List<String> proxiesOf(String part) {
    return wires.all().stream()
        .filter(wire -> wire.touches(part))
        .map(Wire::proxy)
        .map(proxy -> proxy.name())
        .toList();
  }

  /** Waits until every part is ready. */
  void awaitAllReady() throws InterruptedException {
    for (PartStatus part : supervisor.status()) {
      awaitReady(part.name());
    }
  }

  private void awaitReady(String part) throws InterruptedException {
    Instant limit = clock.instant().plus(READY_LIMIT);
    while (!isReady(part)) {
      if (supervisor.isClosed()) {
        throw new Refusal("The shop is going down.");
      }
      if (clock.instant().isAfter(limit)) {
        throw new Refusal(
            "%s is not ready %d s after its fault ended.".formatted(part, READY_LIMIT.toSeconds()));
      }
      Thread.sleep(LOOK);
    }
  }

  private boolean isReady(String name) {
    return supervisor.status().stream()
        .anyMatch(part -> part.name().equals(name) && part.state() == State.READY);
  }
}
