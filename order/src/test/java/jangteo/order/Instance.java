package jangteo.order;

import jangteo.local.servers.ManagedProcess;
import jangteo.local.servers.Ports;
import jangteo.local.servers.Probe;
import jangteo.local.servers.Program;
import jangteo.testkit.Rest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The service of a {@link Shop} in a process of its own, which can be killed and stopped. */
final class Instance implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(2);

  private final Program program;
  private final Path pids;
  private final List<Integer> ports;
  private ManagedProcess process;

  private Instance(Program program, Path pids, List<Integer> ports) throws IOException {
    this.program = program;
    this.pids = pids;
    this.ports = ports;
    this.process = ManagedProcess.start(program, pids);
  }

  /**
   * Starts it; {@link #awaitReady} says when it can be used.
   *
   * @param folder for its stores and its log; it goes on with what is there
   */
  static Instance start(Shop shop, Path folder) throws IOException {
    List<Integer> ports = Ports.free(2);
    Map<String, String> settings = new HashMap<>(shop.settings());
    settings.put("server.port", ports.getFirst().toString());
    settings.put("admin.port", ports.getLast().toString());
    settings.put("saga.state-dir", folder.resolve("state").toString());
    Map<String, String> environment = new HashMap<>();
    settings.forEach(
        (key, value) ->
            environment.put(
                key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'), value));
    Program program =
        new Program(
            folder.getFileName().toString(),
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "jangteo.order.Main"),
            environment,
            folder.toAbsolutePath().getParent(),
            Path.of("target", folder.getFileName() + ".log").toAbsolutePath(),
            Probe.http(URI.create("http://127.0.0.1:" + ports.getLast() + "/observe/health/ready")),
            ports.getFirst(),
            START_LIMIT);
    return new Instance(program, folder.toAbsolutePath().getParent(), ports);
  }

  /** Its REST API, without a token. */
  Rest rest() {
    return new Rest("http://127.0.0.1:" + ports.getFirst());
  }

  void awaitReady() throws InterruptedException {
    process.awaitReady();
  }

  /** SIGKILL. */
  void kill() {
    process.kill();
  }

  /** Starts it again where it was; to be called when it was killed. */
  void startAgain() throws IOException {
    process = ManagedProcess.start(program, pids);
  }

  /** SIGSTOP. */
  void pause() throws IOException {
    process.pause();
  }

  /** SIGCONT. */
  void resume() throws IOException {
    process.resume();
  }

  @Override
  public void close() {
    process.kill();
  }
}
