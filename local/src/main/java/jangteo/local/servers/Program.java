package jangteo.local.servers;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A program that runs until it is stopped: a server or a service, in one shape, so that one
 * supervisor serves both.
 *
 * @param name the part's name, unique among the running parts; it names the pid file
 * @param command the executable and its arguments
 * @param environment set over the environment that the child inherits
 * @param directory the working directory
 * @param log where standard output and standard error are appended
 * @param ready says when the part can be used
 * @param port the main port on 127.0.0.1
 * @param startLimit how long the part may take until it is ready
 */
public record Program(
    String name,
    List<String> command,
    Map<String, String> environment,
    Path directory,
    Path log,
    Probe ready,
    int port,
    Duration startLimit) {

  /** Copies the collections. */
  public Program {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  /** Whether it is a JVM, which tells the stacks of its threads on SIGQUIT. */
  boolean isJava() {
    return Path.of(command.getFirst()).endsWith("java");
  }
}
