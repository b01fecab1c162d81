package jangteo.local.supervisor;

import jangteo.local.servers.Program;
import jangteo.local.servers.Progress;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * One part of the shop: what it is called, when it may start, and how.
 *
 * @param name unique in the shop
 * @param layer decides the order of the stop
 * @param after the parts that are ready before this one is started for the first time
 * @param ports every port it listens on, the main one first
 * @param launch makes it runnable
 * @param onReady what is done each time it has become ready, before anybody is told so
 */
public record Part(
    String name,
    Layer layer,
    Set<String> after,
    List<Integer> ports,
    Launch launch,
    OnReady onReady) {

  /** Copies the collections. */
  public Part {
    after = Set.copyOf(after);
    ports = List.copyOf(ports);
  }

  /** The main port. */
  public int port() {
    return ports.getFirst();
  }

  /** The layers of the shop, in the order in which they stop. */
  public enum Layer {
    /** What takes requests from outside. */
    GATEWAY,
    /** The shop's own code. */
    SERVICE,
    /** Databases and the broker. */
    SERVER
  }

  /** What is about to run, and where it was taken from ("embedded 10.11", "PATH: …"). */
  public record Prepared(Program program, String source) {}

  /** Makes a part runnable: fetches, unpacks and configures what is not there yet. */
  @FunctionalInterface
  public interface Launch {
    /**
     * Called before each start.
     *
     * @throws IOException when files cannot be read or written
     */
    Prepared prepare(Progress progress) throws IOException, InterruptedException;
  }

  /** Work on a part that has just become ready. */
  @FunctionalInterface
  public interface OnReady {
    /** Nothing to do. */
    OnReady NOTHING = () -> {};

    /**
     * Does the work; harmless when repeated.
     *
     * @throws Exception when it could not be done: the start has failed
     */
    void run() throws Exception;
  }
}
