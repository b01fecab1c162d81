package jangteo.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A service in a process of its own, with the class path of the test: one that can be killed
 * without a word, and that ends with the test's JVM at the latest. What it prints is appended to
 * {@code target/service-process.log}.
 */
public final class ServiceProcess implements AutoCloseable {
  private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly)));
  }

  private final Process process;
  private final Rest admin;

  private ServiceProcess(Process process, Rest admin) {
    this.process = process;
    this.admin = admin;
  }

  /**
   * Starts it; {@link #ready} says when it can be used.
   *
   * @param main the service's class with the {@code main} method
   * @param config keys of the service's configuration and their values; the admin port is chosen
   */
  public static ServiceProcess start(String main, Map<String, String> config) {
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                main));
    int adminPort = freePort();
    config.forEach((key, value) -> builder.environment().put(variable(key), value));
    builder.environment().put(variable("admin.port"), Integer.toString(adminPort));
    builder.redirectErrorStream(true);
    builder.redirectOutput(
        ProcessBuilder.Redirect.appendTo(Path.of("target", "service-process.log").toFile()));
    try {
      Process process = builder.start();
      RUNNING.add(process);
      return new ServiceProcess(process, new Rest("http://127.0.0.1:" + adminPort));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the service says that it is ready; a failure when its process has ended. */
  public boolean ready() {
    if (!process.isAlive()) {
      throw new IllegalStateException("the service ended with " + process.exitValue());
    }
    try {
      return admin.get("/observe/health/ready").status() == 200;
    } catch (UncheckedIOException notYet) {
      return false;
    }
  }

  /** Kills it, as {@code kill -9} does. */
  public void kill() {
    process.destroyForcibly().onExit().join();
    RUNNING.remove(process);
  }

  /** Makes it stand still: its connections stay open, and nobody answers there. */
  public void pause() {
    signal("STOP");
  }

  /** Makes it go on. */
  public void resume() {
    signal("CONT");
  }

  /** Java itself sends no signals but TERM and KILL. */
  private void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().onExit().join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    kill();
  }

  private static String variable(String key) {
    return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
