package jangteo.local.verbs;

import jangteo.local.Refusal;
import jangteo.local.StateFolder;
import jangteo.local.mail.MailSink;
import jangteo.local.servers.ManagedProcess;
import jangteo.local.servers.Progress;
import jangteo.local.shop.Admin;
import jangteo.local.shop.Settings;
import jangteo.local.shop.ShopParts;
import jangteo.local.shop.ShopPorts;
import jangteo.local.shop.Wires;
import jangteo.local.supervisor.ControlServer;
import jangteo.local.supervisor.Part;
import jangteo.local.supervisor.Supervisor;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/** One run of the shop, from the lock on its folder to the end of its last part. */
final class Session {
  /**
   * Two cores bear this many parts that start at the same time. All services fit: each waits for
   * member's keys before it is ready.
   */
  private static final int STARTS_AT_ONCE = 8;

  private static final long ROOM = 1L << 30;
  private static final Duration LEFTOVER_GRACE = Duration.ofSeconds(10);

  private final Path checkout;
  private final StateFolder state;
  private final boolean freePorts;
  private final List<String> only;
  private final Settings settings;
  private final PrintWriter out;
  private final CountDownLatch downAsked = new CountDownLatch(1);
  private final Clock clock = Clock.systemUTC();

  /** With the usual settings. */
  Session(Path checkout, StateFolder state, boolean freePorts, List<String> only, PrintWriter out) {
    this(checkout, state, freePorts, only, Settings.usual(), out);
  }

  Session(
      Path checkout,
      StateFolder state,
      boolean freePorts,
      List<String> only,
      Settings settings,
      PrintWriter out) {
    this.checkout = checkout;
    this.state = state;
    this.freePorts = freePorts;
    this.only = List.copyOf(only);
    this.settings = settings;
    this.out = out;
  }

  /** What is done with a shop that is up; the shop ends with it. */
  @FunctionalInterface
  interface Work {
    /** Returns the exit code. */
    int with(Supervisor supervisor, String gateway, Wires wires) throws Exception;
  }

  /**
   * Starts everything, tells where to go, and stays until Ctrl-C, SIGTERM or the verb {@code down}.
   *
   * @throws Refusal when the shop cannot be started; nothing runs then
   */
  int run() throws Exception {
    return run(
        Wires::direct,
        (supervisor, gateway, wires) -> {
          downAsked.await();
          return 0;
        });
  }

  /**
   * Starts everything, does the work, ends everything; Ctrl-C, SIGTERM and the verb {@code down}
   * end the shop at once.
   *
   * @throws Refusal when the shop cannot be started; nothing runs then
   */
  int run(Function<ShopPorts, Wires> wiring, Work work) throws Exception {
    long begin = System.nanoTime();
    state.create();
    try (FileChannel file =
            FileChannel.open(state.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = file.tryLock()) {
      if (lock == null) {
        throw new Refusal(
            "The shop is up already; ./jangteo status shows it, ./jangteo down ends it.");
      }
      requireRoom();
      endLeftovers();
      return supervise(begin, wiring, work);
    }
  }

  private void requireRoom() throws IOException {
    long room = Files.getFileStore(state.root()).getUsableSpace();
    if (room < ROOM) {
      throw new Refusal(
          "Too little disk: %s has %d MB left, the shop wants %d MB."
              .formatted(state.root(), room >> 20, ROOM >> 20));
    }
  }

  /** What a killed launcher left still holds its ports and its data. */
  private void endLeftovers() throws IOException {
    List<String> left = ManagedProcess.endLeftovers(state.pids(), LEFTOVER_GRACE);
    if (!left.isEmpty()) {
      say("Ended what an earlier run left behind: " + String.join(", ", left) + ".");
    }
  }

  private int supervise(long begin, Function<ShopPorts, Wires> wiring, Work work) throws Exception {
    ShopPorts ports = freePorts ? ShopPorts.free(state.ports()) : ShopPorts.standard();
    Admin admin = Admin.from(System.getenv());
    String gateway = "http://127.0.0.1:" + ports.of("gateway");
    Wires wires = wiring.apply(ports);
    List<Part> parts = wanted(new ShopParts(checkout, state, ports, wires, admin, settings).all());
    Progress progress = this::say;
    try (var _ = MailSink.start(ports.of("mail"), state.data("mail"));
        var supervisor = new Supervisor(parts, STARTS_AT_ONCE, state.pids(), progress, clock);
        var control =
            ControlServer.start(supervisor, gateway, state.control(), () -> askDown(supervisor))) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(supervisor), "end"));
      say(parts.size() == 1 ? "Starting 1 part …" : "Starting " + parts.size() + " parts …");
      start(supervisor);
      Duration took = Duration.ofNanos(System.nanoTime() - begin);
      new Welcome(gateway, admin, state).lines(took).forEach(this::say);
      control.markUp();
      int exitCode = work.with(supervisor, gateway, wires);
      end(supervisor);
      return exitCode;
    }
  }

  private List<Part> wanted(List<Part> all) {
    if (only.isEmpty()) {
      return all;
    }
    List<String> names = all.stream().map(Part::name).toList();
    only.stream()
        .filter(name -> !names.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new Refusal(
                  "There is no part called %s; the parts are %s."
                      .formatted(name, String.join(", ", names)));
            });
    return all.stream().filter(part -> only.contains(part.name())).toList();
  }

  /** A start that Ctrl-C ends is no failure to report: the hook that ends the parts is at work. */
  private void start(Supervisor supervisor) throws InterruptedException {
    try {
      supervisor.up();
    } catch (Refusal e) {
      if (supervisor.isClosed()) {
        downAsked.await();
      }
      throw e;
    }
  }

  /** By the verb down, or by the JVM's shutdown on Ctrl-C and SIGTERM; the second one waits. */
  private synchronized void end(Supervisor supervisor) {
    if (!supervisor.isClosed()) {
      say("Stopping …");
      supervisor.close();
      say("The shop is down; its data stays.");
    }
  }

  private void askDown(Supervisor supervisor) {
    downAsked.countDown();
    Thread.startVirtualThread(() -> end(supervisor)); // also in the middle of a start
  }

  private void say(String line) {
    synchronized (out) {
      out.println(line);
      out.flush();
    }
  }
}
