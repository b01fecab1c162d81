package jangteo.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jangteo.testkit.Rest;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/**
 * The whole shop on free ports with a state folder of its own, started once for all tests of a run
 * and ended with it. Its logs stay in {@code e2e/target/shop/logs}.
 */
final class RunningShop {
  private static final int START_MINUTES = 6;

  private final Path checkout;
  private final Path state;
  private final String gateway;

  private RunningShop(Path checkout, Path state, String gateway) {
    this.checkout = checkout;
    this.state = state;
    this.gateway = gateway;
  }

  /** The shop; the first caller waits until every part is ready. */
  static RunningShop get() {
    return Holder.SHOP;
  }

  private static final class Holder {
    private static final RunningShop SHOP = start();

    private static RunningShop start() {
      Path module = Path.of(System.getProperty("basedir", ".")).toAbsolutePath().normalize();
      Path checkout = module.getParent();
      Path state = module.resolve("target").resolve("shop");
      RunningShop starting = new RunningShop(checkout, state, "");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> starting.launcher("down")));
      starting.launcher("down");
      starting.verb("reset", "--yes");
      starting.verb("up", "--detach", "--free-ports");
      return new RunningShop(checkout, state, address(state));
    }

    private static String address(Path state) {
      try {
        JsonNode supervisor =
            new ObjectMapper().readTree(Files.readString(state.resolve("supervisor.json")));
        return supervisor.get("gateway").asText();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** A client of the gateway, without a token. */
  Rest rest() {
    return new Rest(gateway);
  }

  /** The gateway's address, {@code http://127.0.0.1:port}. */
  String gateway() {
    return gateway;
  }

  /** Runs a verb of the launcher on this shop; it has to succeed. Returns what it said. */
  String verb(String... words) {
    Outcome outcome = launcher(words);
    if (outcome.exitCode() != 0) {
      throw new AssertionError(String.join(" ", words) + " failed:\n" + outcome.text());
    }
    return outcome.text();
  }

  /** Runs a verb that has to fail. Returns what it said. */
  String failingVerb(String... words) {
    Outcome outcome = launcher(words);
    if (outcome.exitCode() <= 0) {
      throw new AssertionError(String.join(" ", words) + " did not fail:\n" + outcome.text());
    }
    return outcome.text();
  }

  /** The port of a part, such as {@code mariadb}. */
  int port(String part) {
    Properties ports = new Properties();
    try (Reader file = Files.newBufferedReader(state.resolve("ports.properties"))) {
      ports.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Integer.parseInt(ports.getProperty(part));
  }

  private record Outcome(int exitCode, String text) {}

  private Outcome launcher(String... words) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dstdout.encoding=UTF-8",
                "-Dstderr.encoding=UTF-8",
                "-Dlogback.configurationFile=jangteo/local/logging.xml",
                "-Djangteo.root=" + checkout,
                "-cp",
                System.getProperty("java.class.path"),
                "jangteo.local.Main"));
    command.addAll(List.of(words));
    command.addAll(List.of("--state", state.toString()));
    try {
      Path output = Files.createTempFile("jangteo-e2e", ".txt");
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      boolean ended = process.waitFor(START_MINUTES, TimeUnit.MINUTES);
      if (!ended) {
        process.destroyForcibly();
      }
      String text = Files.readString(output);
      Files.delete(output);
      return new Outcome(ended ? process.exitValue() : -1, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
