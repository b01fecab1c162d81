package jangteo.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The one folder that holds all a running shop writes: data, logs, process ids, the supervisor's
 * address. By default {@code .jangteo} in the checkout, which git ignores.
 *
 * @param root the folder, absolute
 */
public record StateFolder(Path root) {

  /** Makes the path absolute. */
  public StateFolder {
    root = root.toAbsolutePath().normalize();
  }

  /** The data folder of one server. */
  public Path data(String part) {
    return root.resolve("data").resolve(part);
  }

  /** All data folders. */
  public Path data() {
    return root.resolve("data");
  }

  /** All logs. */
  public Path logs() {
    return root.resolve("logs");
  }

  /** The log of one part. */
  public Path log(String part) {
    return logs().resolve(part + ".log");
  }

  /** Process ids of the running parts. */
  public Path pids() {
    return root.resolve("pids");
  }

  /** The jars that the services run from. */
  public Path app() {
    return root.resolve("app");
  }

  /** Where the supervisor says how to reach it. */
  public Path control() {
    return root.resolve("supervisor.json");
  }

  /** Locked as long as a supervisor lives. */
  public Path lock() {
    return root.resolve("supervisor.lock");
  }

  /** The ports that {@code --free-ports} chose, kept for the next start. */
  public Path ports() {
    return root.resolve("ports.properties");
  }

  /** Makes the folders that every run needs. */
  public void create() throws IOException {
    Files.createDirectories(data());
    Files.createDirectories(logs());
    Files.createDirectories(pids());
  }
}
