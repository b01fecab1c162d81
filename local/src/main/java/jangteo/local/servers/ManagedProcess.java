package jangteo.local.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * One running {@link Program}. It is started in a session of its own where the system has {@code
 * setsid}, so that Ctrl-C in a terminal reaches the supervisor alone, which then stops its parts in
 * its own order.
 */
public final class ManagedProcess {
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration SIGNAL_LIMIT = Duration.ofSeconds(5);
  private static final Duration KILL_LIMIT = Duration.ofSeconds(10);
  private static final Path SETSID = Path.of("/usr/bin/setsid");

  private final Program program;
  private final Process process;
  private final Path pidFile;
  private final ProgramLog log;
  private volatile boolean paused;

  private ManagedProcess(Program program, Process process, Path pidFile, ProgramLog log) {
    this.program = program;
    this.process = process;
    this.pidFile = pidFile;
    this.log = log;
  }

  /**
   * Starts the program and writes {@code <name>.pid} into the folder; does not wait until it is
   * ready.
   *
   * @throws IOException when the program cannot be started or the folder not be written
   */
  public static ManagedProcess start(Program program, Path pidFolder) throws IOException {
    Files.createDirectories(pidFolder);
    Files.createDirectories(program.directory());
    ProgramLog log = ProgramLog.open(program.log());
    ProcessBuilder builder =
        new ProcessBuilder(command(program))
            .directory(program.directory().toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(program.log().toFile()))
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.environment().putAll(program.environment());
    Process process = builder.start();
    Path pidFile = pidFolder.resolve(program.name() + ".pid");
    PidFile.of(process.toHandle()).write(pidFile);
    return new ManagedProcess(program, process, pidFile, log);
  }

  private static List<String> command(Program program) {
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(SETSID)) {
      command.add(SETSID.toString()); // becomes the program itself: the process id stays
    }
    command.addAll(program.command());
    return command;
  }

  /** What runs. */
  public Program program() {
    return program;
  }

  /** The operating system's process id. */
  public long pid() {
    return process.pid();
  }

  /** Whether the process still runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Whether it was told to stand still and not to go on yet. */
  public boolean isPaused() {
    return paused && isAlive();
  }

  /**
   * Makes the process stand still (SIGSTOP): its ports stay open, and nobody answers there.
   *
   * @throws IOException when the signal cannot be sent, or is not heeded
   */
  public void pause() throws IOException {
    signal("STOP");
    paused = true;
    awaitStandstill();
  }

  /** A signal is on its way when it is sent: a busy processor still lets a thread answer. */
  private void awaitStandstill() throws IOException {
    Path threads = Path.of("/proc", Long.toString(pid()), "task");
    if (!Files.isDirectory(threads)) {
      return; // not Linux, where nobody says so for each thread
    }
    long end = System.nanoTime() + SIGNAL_LIMIT.toNanos();
    while (!allStandStill(threads)) {
      if (System.nanoTime() > end) {
        throw new IOException(program.name() + " was told to stand still, and goes on");
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
  }

  private static boolean allStandStill(Path threads) throws IOException {
    try (Stream<Path> all = Files.list(threads)) {
      return all.allMatch(thread -> state(thread) == 'T');
    }
  }

  /** The state of proc(5): the letter behind the name in brackets; of one that has ended T too. */
  private static char state(Path thread) {
    try {
      String line = Files.readString(thread.resolve("stat"), StandardCharsets.ISO_8859_1);
      return line.charAt(line.lastIndexOf(')') + 2);
    } catch (IOException gone) {
      return 'T';
    }
  }

  /**
   * Makes it go on (SIGCONT); harmless when it does.
   *
   * @throws IOException when the signal cannot be sent
   */
  public void resume() throws IOException {
    signal("CONT");
    paused = false;
  }

  /** Java itself sends no signals but TERM and KILL. */
  private void signal(String name) throws IOException {
    Command.Outcome sent =
        Command.run(SIGNAL_LIMIT, List.of("kill", "-" + name, Long.toString(pid())));
    if (!sent.ok()) {
      throw new IOException("SIG%s to %s: %s".formatted(name, program.name(), sent.lastLine()));
    }
  }

  /** The exit code once the process has ended; a signal is 128 and its number. */
  public OptionalInt exitCode() {
    return isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
  }

  /** Completes when the process ends, for whatever reason. */
  public CompletableFuture<ManagedProcess> onExit() {
    return process.onExit().thenApply(ended -> this);
  }

  /**
   * Waits until the probe says ready.
   *
   * @return how long that took from this call
   * @throws StartFailedException when the process ends, or the start limit passes
   * @throws InterruptedException when the waiting thread is interrupted
   */
  public Duration awaitReady() throws InterruptedException {
    long start = System.nanoTime();
    String last = "no answer";
    while (true) {
      if (!process.isAlive()) {
        throw failed("ended with exit code " + process.exitValue() + " before it was ready");
      }
      try {
        // Alive is asked again: a probe that a stranger on the same port answers counts for
        // nothing.
        if (program.ready().ready() && process.isAlive()) {
          return Duration.ofNanos(System.nanoTime() - start);
        }
        last = "the probe says not yet";
      } catch (IOException e) {
        last = String.valueOf(e.getMessage());
      }
      if (System.nanoTime() - start > program.startLimit().toNanos()) {
        throw late(last);
      }
      Thread.sleep(POLL);
    }
  }

  /** A JVM also says in its log what its threads wait for. */
  private StartFailedException late(String last) {
    String how = "was not ready within %d s (%s)".formatted(program.startLimit().toSeconds(), last);
    StartFailedException late = failed(how);
    if (program.isJava()) {
      try {
        signal("QUIT");
      } catch (IOException e) {
        late.addSuppressed(e);
      }
    }
    return late;
  }

  private StartFailedException failed(String how) {
    return new StartFailedException(
        program.name() + " " + how + "; the end of " + program.log() + ":\n" + log.tail());
  }

  /**
   * Ends the process: SIGTERM, after the grace SIGKILL, and waits until it is gone. Harmless when
   * it has ended already. A paused one goes on first, for it could not heed the SIGTERM.
   *
   * @return whether the process ended within the grace
   */
  public boolean stop(Duration grace) {
    if (isPaused() && !grace.isZero()) {
      wake();
    }
    boolean gracefully = end(process.toHandle(), grace);
    delete(pidFile);
    return gracefully;
  }

  private void wake() {
    try {
      resume();
    } catch (IOException e) {
      if (isAlive()) { // else it has just ended, which is what was wanted
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Ends the process at once with SIGKILL, as a crash would, and waits until it is gone. */
  public void kill() {
    stop(Duration.ZERO);
  }

  /**
   * Ends what an earlier run left behind in the folder: each process whose id and start time are
   * those that were written down, all at the same time. Files of processes that are gone are
   * removed.
   *
   * @return the names of the parts that still ran
   */
  public static List<String> endLeftovers(Path pidFolder, Duration grace) throws IOException {
    Map<String, ProcessHandle> left = new TreeMap<>();
    if (Files.isDirectory(pidFolder)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(pidFolder, "*.pid")) {
        for (Path file : files) {
          String name = file.getFileName().toString().replaceFirst("\\.pid$", "");
          running(pidFolder, name).ifPresent(process -> left.put(name, process));
        }
      }
    }
    List<Future<?>> ends = new ArrayList<>();
    try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
      left.values().forEach(process -> ends.add(each.submit(() -> end(process, grace))));
    }
    ends.forEach(Future::resultNow); // throws where a process could not be ended
    deleteAll(pidFolder);
    return List.copyOf(left.keySet());
  }

  /** The running process that the pid file names, if it is still the same process. */
  public static Optional<ProcessHandle> running(Path pidFolder, String name) throws IOException {
    return PidFile.read(pidFolder.resolve(name + ".pid")).flatMap(PidFile::running);
  }

  /** When the process was started, as the operating system tells it. */
  public Optional<Instant> startedAt() {
    return process.info().startInstant();
  }

  private static boolean end(ProcessHandle process, Duration grace) {
    if (!grace.isZero()) {
      process.destroy();
      if (ended(process, grace)) {
        return true;
      }
    }
    process.destroyForcibly();
    if (!ended(process, KILL_LIMIT)) {
      throw new IllegalStateException("process " + process.pid() + " does not end on SIGKILL");
    }
    return false;
  }

  /** Waits until the process has ended, or the limit is over; says which. */
  static boolean ended(ProcessHandle process, Duration limit) {
    try {
      process.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return !process.isAlive();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return !process.isAlive();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void deleteAll(Path pidFolder) throws IOException {
    if (Files.isDirectory(pidFolder)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(pidFolder, "*.pid")) {
        files.forEach(ManagedProcess::delete);
      }
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
