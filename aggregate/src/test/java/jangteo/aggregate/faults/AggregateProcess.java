package jangteo.aggregate.faults;

import static org.awaitility.Awaitility.await;

import jangteo.aggregate.Main;
import jangteo.testkit.ServiceProcess;
import java.time.Duration;
import java.util.Map;

/** The sync worker in a process of its own. */
final class AggregateProcess implements Hurt {

  private final Map<String, String> config;
  private ServiceProcess process;

  AggregateProcess(Map<String, String> config) {
    this.config = Map.copyOf(config);
    this.process = ServiceProcess.start(Main.class.getName(), config);
  }

  @Override
  public String name() {
    return "aggregate";
  }

  @Override
  public void kill() {
    process.kill();
  }

  @Override
  public void start() {
    process = ServiceProcess.start(Main.class.getName(), config);
  }

  @Override
  public void pause() {
    process.pause();
  }

  @Override
  public void resume() {
    process.resume();
  }

  @Override
  public void awaitReady() {
    await().atMost(Duration.ofSeconds(60)).until(process::ready);
  }
}
