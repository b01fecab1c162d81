package jangteo.local.supervisor;

import jangteo.local.Refusal;
import jangteo.local.servers.Ports;
import jangteo.local.servers.Progress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** Runs all parts of one shop, in one process, until it is closed. */
public final class Supervisor implements AutoCloseable {
  /** After a build each service writes its class archive when it ends: seconds, all at once. */
  private static final Duration GRACE = Duration.ofSeconds(60);

  private final Map<String, Keeper> keepers = new LinkedHashMap<>();
  private final Progress progress;
  private final Semaphore starts;
  private boolean closed;

  /**
   * @param parts in the order in which they would like to start
   * @param atOnce how many parts may be starting at the same time
   */
  public Supervisor(List<Part> parts, int atOnce, Path pids, Progress progress, Clock clock) {
    this.progress = progress;
    this.starts = new Semaphore(atOnce, true);
    for (Part part : parts) {
      keepers.put(part.name(), new Keeper(part, pids, progress, clock));
    }
  }

  /**
   * Looks at the ports and starts every part; returns when all are ready.
   *
   * @throws Refusal when a port is taken or a part does not come up; what was started still runs
   */
  public void up() throws InterruptedException {
    refuseTakenPorts();
    startAll();
  }

  private void refuseTakenPorts() {
    for (Keeper keeper : keepers.values()) {
      for (int port : keeper.part().ports()) {
        if (!Ports.isFree(port)) {
          throw new Refusal(
              "Port %d, which %s needs, is taken by another process; end that one, or use ./jangteo up --free-ports."
                  .formatted(port, keeper.part().name()));
        }
      }
    }
  }

  private void startAll() throws InterruptedException {
    Map<String, CompletableFuture<Void>> ready = new LinkedHashMap<>();
    Map<Keeper, CompletableFuture<Void>> turns = new LinkedHashMap<>();
    for (Keeper keeper : keepers.values()) {
      CompletableFuture<Void> done = new CompletableFuture<>();
      turns.put(keeper, done);
      ready.put(keeper.part().name(), done);
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var results = new ExecutorCompletionService<Void>(threads);
      List<Future<Void>> running = new ArrayList<>();
      turns.forEach((keeper, done) -> running.add(results.submit(turn(keeper, ready, done))));
      try {
        for (int i = 0; i < running.size(); i++) {
          results.take().get();
        }
      } catch (ExecutionException e) {
        running.forEach(other -> other.cancel(true));
        throw e.getCause() instanceof Refusal refusal
            ? refusal
            : new Refusal("The start failed: " + e.getCause(), e);
      }
    }
  }

  private Callable<Void> turn(
      Keeper keeper, Map<String, CompletableFuture<Void>> ready, CompletableFuture<Void> mine) {
    return () -> {
      for (String other : keeper.part().after()) {
        CompletableFuture<Void> first = ready.get(other);
        if (first != null) {
          first.get();
        }
      }
      starts.acquire();
      try {
        refuseWhenClosed();
        progress.say("  " + keeper.start());
      } finally {
        starts.release();
      }
      mine.complete(null);
      return null;
    };
  }

  /** Whether the end has begun. */
  public synchronized boolean isClosed() {
    return closed;
  }

  private void refuseWhenClosed() {
    if (isClosed()) {
      throw new Refusal("The shop is going down.");
    }
  }

  /** How each part is doing, asked now. */
  public List<PartStatus> status() {
    List<Future<PartStatus>> asked = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Keeper keeper : keepers.values()) {
        asked.add(threads.submit(keeper::status));
      }
    } // waits for all
    return asked.stream().map(Future::resultNow).toList();
  }

  /** Starts a part that is down; returns what to tell when it is ready. */
  public String start(String name) throws InterruptedException {
    refuseWhenClosed();
    return keeper(name).start();
  }

  /** Ends a part in order; it stays down. */
  public String stop(String name) {
    return keeper(name).stop(GRACE) ? name + " is stopped." : name + " was down already.";
  }

  /** Ends a part with SIGKILL; it stays down. */
  public String kill(String name) {
    return keeper(name).stop(Duration.ZERO) ? name + " is killed." : name + " was down already.";
  }

  /** Makes a part stand still (SIGSTOP) until it is resumed. */
  public String pause(String name) {
    keeper(name).pause();
    return name + " is paused.";
  }

  /** Makes a paused part go on (SIGCONT). */
  public String resume(String name) {
    keeper(name).resume();
    return name + " goes on.";
  }

  /** Ends a part in order and starts it again. */
  public String restart(String name) throws InterruptedException {
    stop(name);
    return start(name);
  }

  private Keeper keeper(String name) {
    return Optional.ofNullable(keepers.get(name))
        .orElseThrow(
            () ->
                new Refusal(
                    "There is no part called %s; the parts are %s."
                        .formatted(name, String.join(", ", keepers.keySet()))));
  }

  /** Ends all parts, layer by layer: first what takes requests, last what keeps data. */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    for (Part.Layer layer : Part.Layer.values()) {
      List<Keeper> together =
          keepers.values().stream()
              .filter(keeper -> keeper.part().layer() == layer)
              .sorted(Comparator.comparing(keeper -> keeper.part().name()))
              .toList();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        together.forEach(keeper -> threads.execute(() -> keeper.retire(GRACE)));
      }
    }
  }
}
