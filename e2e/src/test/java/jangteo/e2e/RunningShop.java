package jangteo.e2e;

import jangteo.local.StateFolder;
import jangteo.local.shop.Admin;
import jangteo.local.supervisor.ControlClient;
import jangteo.local.supervisor.PartStatus;
import jangteo.testkit.Rest;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * The whole shop on free ports with a state folder of its own, started once for all tests of a run
 * and ended with it. Its logs stay in {@code e2e/target/shop/logs}.
 */
final class RunningShop {
  private final CommandLine commandLine;
  private final StateFolder state;
  private final ControlClient supervisor;

  private RunningShop(CommandLine commandLine, StateFolder state) {
    this.commandLine = commandLine;
    this.state = state;
    this.supervisor = ControlClient.running(state);
  }

  /** The shop; the first caller waits until every part is ready. */
  static RunningShop get() {
    return Holder.SHOP;
  }

  private static final class Holder {
    private static final RunningShop SHOP = start();

    private static RunningShop start() {
      Path module = Path.of(System.getProperty("basedir", ".")).toAbsolutePath().normalize();
      StateFolder state = new StateFolder(module.resolve("target").resolve("shop"));
      CommandLine commandLine = new CommandLine(module.getParent(), state.root());
      Runtime.getRuntime().addShutdownHook(new Thread(() -> commandLine.run("down")));
      if (Files.exists(state.root())) { // of an earlier run, which may have been killed
        commandLine.run("down");
        commandLine.succeed("reset", "--yes");
      }
      commandLine.succeed("up", "--detach", "--free-ports");
      return new RunningShop(commandLine, state);
    }
  }

  /** A client of the gateway, without a token. */
  Rest rest() {
    return new Rest(gateway());
  }

  /** A client of the gateway with the token of the first administrator. */
  Rest admin() {
    Admin first = Admin.from(Map.of());
    Rest.Answer tokens =
        rest()
            .post(
                "/api/v1/auth/login", Map.of("email", first.email(), "password", first.password()));
    return rest().as(tokens.body().path("accessToken").asText());
  }

  /** The gateway's address, {@code http://127.0.0.1:port}. */
  String gateway() {
    return supervisor.gateway();
  }

  /** Runs a verb of the launcher on this shop; it has to succeed. Returns what it said. */
  String verb(String... words) {
    return commandLine.succeed(words);
  }

  /** Runs a verb that has to fail. Returns what it said. */
  String failingVerb(String... words) {
    return commandLine.fail(words);
  }

  /** As the verb does, without the second that a JVM for the command line takes. */
  void kill(String part) {
    tell(part, "kill");
  }

  /** As the verb does: returns when the part is ready. */
  void start(String part) {
    tell(part, "start");
  }

  /** As the verb does. */
  void pause(String part) {
    tell(part, "pause");
  }

  /** As the verb does. */
  void resume(String part) {
    tell(part, "resume");
  }

  private void tell(String part, String verb) {
    String unused = asked(() -> supervisor.part(part, verb));
  }

  /** How every part is doing. */
  List<PartStatus> status() {
    return asked(supervisor::status);
  }

  @FunctionalInterface
  private interface Question<T> {
    T ask() throws IOException, InterruptedException;
  }

  private static <T> T asked(Question<T> question) {
    try {
      return question.ask();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Its folder, with all that it writes. */
  StateFolder state() {
    return state;
  }

  /** The port of a part, such as {@code mariadb}. */
  int port(String part) {
    Properties ports = new Properties();
    try (Reader file = Files.newBufferedReader(state.ports())) {
      ports.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Integer.parseInt(ports.getProperty(part));
  }
}
