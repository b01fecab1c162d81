package jangteo.local.supervisor;

import jangteo.local.Refusal;
import jangteo.local.servers.ManagedProcess;
import jangteo.local.servers.MissingPartException;
import jangteo.local.servers.Progress;
import jangteo.local.servers.StartFailedException;
import jangteo.local.supervisor.PartStatus.State;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one part running. A part that ends by itself is started again after a pause that doubles
 * from one second to half a minute; a part that was stopped stays down until it is started.
 */
final class Keeper {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** A part that ran this long is healthy: the next crash starts with the first pause again. */
  private static final Duration HEALTHY = Duration.ofMinutes(1);

  private final Part part;
  private final Path pids;
  private final Progress progress;
  private final Clock clock;

  private boolean wanted;
  private boolean retired;
  private State state = State.WAITING;
  private int restarts;
  private Duration pause = FIRST_PAUSE;
  private @Nullable ManagedProcess process;
  private @Nullable String source;
  private @Nullable Instant startedAt;

  /** Each start that was asked for is a run; an older run that wakes up does nothing any more. */
  private long run;

  Keeper(Part part, Path pids, Progress progress, Clock clock) {
    this.part = part;
    this.pids = pids;
    this.progress = progress;
    this.clock = clock;
  }

  Part part() {
    return part;
  }

  /**
   * Starts the part and waits until it is ready.
   *
   * @return what to tell about it
   * @throws Refusal when it does not come up; it is down then
   */
  String start() throws InterruptedException {
    long mine;
    synchronized (this) {
      if (retired) {
        throw new Refusal("The shop is going down.");
      }
      if (wanted) {
        throw new Refusal(part.name() + " is running already.");
      }
      wanted = true;
      mine = ++run;
      restarts = 0;
      pause = FIRST_PAUSE;
    }
    Instant begin = clock.instant();
    try {
      launch(mine);
    } catch (Refusal e) {
      if (giveUp(mine)) {
        throw e;
      }
      throw new Refusal(part.name() + " was stopped while it was starting.", e);
    }
    double seconds = Duration.between(begin, clock.instant()).toMillis() / 1000.0;
    return "%-10s ready on %d after %.1f s  %s"
        .formatted(part.name(), part.port(), seconds, source())
        .stripTrailing();
  }

  private synchronized String source() {
    return source == null ? "" : source;
  }

  /** Prepares, starts and awaits the part; throws a Refusal whatever goes wrong. */
  private void launch(long mine) throws InterruptedException {
    try {
      become(mine, State.STARTING);
      Part.Prepared prepared = part.launch().prepare(progress);
      ManagedProcess started = spawn(mine, prepared);
      started.awaitReady();
      part.onReady().run();
      become(mine, State.READY);
      Thread.startVirtualThread(() -> ended(mine, started.onExit().join()));
    } catch (MissingPartException | StartFailedException e) {
      throw new Refusal(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new Refusal(part.name() + " cannot be started: " + e, e);
    } catch (InterruptedException | Refusal e) {
      throw e;
    } catch (Exception e) {
      throw new Refusal(part.name() + " started, but is of no use: " + e, e);
    }
  }

  private synchronized ManagedProcess spawn(long mine, Part.Prepared prepared) throws IOException {
    if (mine != run || !wanted) {
      throw new Refusal(part.name() + " is not wanted any more.");
    }
    source = prepared.source();
    startedAt = clock.instant();
    ManagedProcess started = ManagedProcess.start(prepared.program(), pids);
    process = started;
    return started;
  }

  private synchronized void become(long mine, State next) {
    if (mine == run && wanted) {
      state = next;
    }
  }

  /** Ends a start that failed. Returns whether it was still wanted. */
  private boolean giveUp(long mine) {
    synchronized (this) {
      if (mine != run || !wanted) {
        return false;
      }
    }
    stop(Duration.ofSeconds(5));
    return true;
  }

  /** The process of a run has ended, asked or not: while the part is wanted, it comes again. */
  private void ended(long mine, ManagedProcess process) {
    try {
      Optional<ManagedProcess> last = Optional.of(process);
      while (last.isPresent()) {
        Optional<Duration> wait = crashed(mine, last.get());
        if (wait.isEmpty()) {
          return;
        }
        progress.say(
            "%s ended by itself (exit code %s); it is started again in %d s; its log: %s"
                .formatted(
                    part.name(),
                    last.get().exitCode().isPresent()
                        ? last.get().exitCode().getAsInt()
                        : "unknown",
                    wait.get().toSeconds(),
                    last.get().program().log()));
        Thread.sleep(wait.get());
        last = again(mine);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** How long to wait before the next start; empty when the part is not wanted. */
  private synchronized Optional<Duration> crashed(long mine, ManagedProcess ended) {
    if (mine != run || !wanted || process != ended) {
      return Optional.empty();
    }
    state = State.CRASHED;
    if (startedAt != null && startedAt.plus(HEALTHY).isBefore(clock.instant())) {
      pause = FIRST_PAUSE;
    }
    Duration wait = pause;
    Duration doubled = pause.multipliedBy(2);
    pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    restarts++;
    return Optional.of(wait);
  }

  /** One more start. Returns what did not come up, where the part is still wanted. */
  private Optional<ManagedProcess> again(long mine) throws InterruptedException {
    try {
      launch(mine);
      progress.say(part.name() + " is ready again.");
      return Optional.empty();
    } catch (Refusal e) {
      Optional<ManagedProcess> failed = wantedProcess(mine);
      if (failed.isPresent()) {
        progress.say(String.valueOf(e.getMessage()));
        failed.get().stop(Duration.ofSeconds(5));
      }
      return failed;
    }
  }

  private synchronized Optional<ManagedProcess> wantedProcess(long mine) {
    return mine == run && wanted ? Optional.ofNullable(process) : Optional.empty();
  }

  /** Ends the part with SIGTERM, after the grace with SIGKILL. Returns whether it was running. */
  boolean stop(Duration grace) {
    ManagedProcess stopping;
    synchronized (this) {
      wanted = false;
      run++;
      state = State.DOWN;
      stopping = process;
      process = null;
    }
    boolean ran = stopping != null && stopping.isAlive();
    if (stopping != null) {
      stopping.stop(grace);
    }
    return ran;
  }

  /**
   * Makes the running process stand still.
   *
   * @throws Refusal when none runs, or it stands still already
   */
  synchronized void pause() {
    ManagedProcess running = running();
    if (running.isPaused()) {
      throw new Refusal(part.name() + " is paused already.");
    }
    try {
      running.pause();
    } catch (IOException e) {
      throw new Refusal(part.name() + " cannot be paused: " + e.getMessage(), e);
    }
  }

  /**
   * Makes the paused process go on.
   *
   * @throws Refusal when it is not paused
   */
  synchronized void resume() {
    ManagedProcess running = running();
    if (!running.isPaused()) {
      throw new Refusal(part.name() + " is not paused.");
    }
    try {
      running.resume();
    } catch (IOException e) {
      throw new Refusal(part.name() + " cannot be resumed: " + e.getMessage(), e);
    }
  }

  private ManagedProcess running() {
    ManagedProcess now = process;
    if (now == null || !now.isAlive()) {
      throw new Refusal(part.name() + " is not running.");
    }
    return now;
  }

  /** Like {@link #stop}, and for good: a start that comes later is refused. */
  void retire(Duration grace) {
    synchronized (this) {
      retired = true;
    }
    stop(grace);
  }

  PartStatus status() {
    ManagedProcess now;
    State seen;
    synchronized (this) {
      now = process;
      seen = state;
    }
    Optional<ManagedProcess> alive = Optional.ofNullable(now).filter(ManagedProcess::isAlive);
    if (alive.map(ManagedProcess::isPaused).orElse(false)) {
      seen = State.PAUSED;
    } else if (seen == State.READY && !alive.map(Keeper::answers).orElse(false)) {
      seen = State.NOT_READY;
    }
    synchronized (this) {
      Instant since = startedAt;
      return new PartStatus(
          part.name(),
          seen,
          part.port(),
          alive.map(ManagedProcess::pid).orElse(null),
          alive.map(p -> Memory.residentKib(p.pid())).filter(kib -> kib > 0).orElse(null),
          alive.isPresent() && since != null
              ? Duration.between(since, clock.instant()).toSeconds()
              : null,
          restarts,
          source);
    }
  }

  private static boolean answers(ManagedProcess running) {
    try {
      return running.program().ready().ready();
    } catch (IOException e) {
      return false;
    }
  }
}
