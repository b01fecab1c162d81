package jangteo.chassis.events;

import jangteo.local.servers.Cache;
import jangteo.local.servers.ManagedProcess;
import jangteo.local.servers.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A broker of a test's own, to be killed and started again on the same data. */
final class StoppableBroker implements AutoCloseable {

  private final Path folder;
  private final List<Integer> ports;
  private ManagedProcess process;

  private StoppableBroker(Path folder, List<Integer> ports) {
    this.folder = folder;
    this.ports = ports;
  }

  /** A broker that does not run yet, but has its address. */
  static StoppableBroker create() throws IOException {
    return new StoppableBroker(Files.createTempDirectory("jangteo-broker"), Ports.free(2));
  }

  String address() {
    return "127.0.0.1:" + ports.getFirst();
  }

  /** Runs it; returns when it answers. */
  void start() throws Exception {
    process =
        ManagedProcess.start(
            jangteo.local.servers.Kafka.locate(Cache.folder(), line -> {})
                .program(folder.resolve("data"), folder, ports.getFirst(), ports.getLast()),
            folder.resolve("pids"));
    process.awaitReady();
  }

  void kill() {
    process.kill();
  }

  /** It keeps its connections and answers nothing. */
  void pause() throws IOException {
    process.pause();
  }

  @Override
  public void close() throws IOException {
    if (process != null) {
      process.kill();
    }
    Cache.delete(folder);
  }
}
