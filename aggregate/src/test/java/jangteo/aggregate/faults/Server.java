package jangteo.aggregate.faults;

import jangteo.local.servers.Cache;
import jangteo.local.servers.Kafka;
import jangteo.local.servers.ManagedProcess;
import jangteo.local.servers.MariaDb;
import jangteo.local.servers.Mongo;
import jangteo.local.servers.Ports;
import jangteo.local.servers.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** A server of the test's own, which may be killed, paused, and started again on its data. */
final class Server implements Hurt {

  private final String name;
  private final Program program;
  private final Path folder;
  private ManagedProcess process;

  private Server(String name, Program program, Path folder) throws IOException {
    this.name = name;
    this.program = program;
    this.folder = folder;
    this.process = ManagedProcess.start(program, folder.resolve("pids"));
  }

  static Server kafka(Path folder) throws IOException {
    var ports = Ports.free(2);
    Path data = folder.resolve("kafka");
    return new Server(
        "kafka",
        Kafka.locate(Cache.folder(), line -> {})
            .program(data, folder, ports.getFirst(), ports.getLast()),
        folder);
  }

  static Server mongo(Path folder) throws IOException {
    return new Server(
        "mongodb",
        Mongo.locate(Cache.folder(), line -> {})
            .program(folder.resolve("mongodb"), folder, Ports.free(1).getFirst()),
        folder);
  }

  static Server mariaDb(Path folder) throws IOException {
    return new Server(
        "mariadb",
        MariaDb.locate(Cache.folder(), line -> {})
            .program(folder.resolve("mariadb"), folder, Ports.free(1).getFirst()),
        folder);
  }

  int port() {
    return program.port();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void awaitReady() {
    try {
      process.awaitReady();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void kill() {
    process.kill();
  }

  @Override
  public void start() {
    try {
      process = ManagedProcess.start(program, folder.resolve("pids"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void pause() {
    try {
      process.pause();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void resume() {
    try {
      process.resume();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
