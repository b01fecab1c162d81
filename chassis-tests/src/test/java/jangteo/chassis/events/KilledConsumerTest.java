package jangteo.chassis.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import jangteo.chassis.Part;
import jangteo.testkit.TestServers;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A consumer in a process of its own that is killed and started again. */
class KilledConsumerTest {

  private static final Logger LOG = LoggerFactory.getLogger(KilledConsumerTest.class);

  private Instance running;

  @AfterEach
  void stop() {
    running.kill();
  }

  @Test
  void isBackSoonerUnderItsOwnName() throws Exception {
    Duration nameless = silenceAfterAKill("");
    Duration named = silenceAfterAKill("item-1");
    LOG.info(
        "Killed and started again, the first record was handled after {} ms; with a name after {} ms",
        nameless.toMillis(),
        named.toMillis());
    assertThat(named).isLessThan(nameless);
  }

  @Test
  void withANameLeavesTheGroupWhenItStops() throws Exception {
    String prefix = TestServers.prefix();
    running = new Instance(prefix, "item-1");
    Kafka kafka = Brokers.ready("item", prefix, Brokers.OF_ITEM);
    try {
      kafka.publisher().send(Brokers.changed(1, 1));
      await().atMost(Duration.ofSeconds(30)).until(() -> running.handled("1"));
      running.end();
      assertThat(members(kafka.group("item")))
          .as("members of the group: whoever stays in it holds its partitions for six seconds")
          .isZero();
      Queue<String> handled = new ConcurrentLinkedQueue<>();
      Part other = kafka.consume(subscription(handled));
      other.start();
      kafka.publisher().send(Brokers.changed(2, 1));
      await().atMost(Duration.ofSeconds(30)).until(() -> handled.contains("2"));
      other.stop();
    } finally {
      kafka.stop();
    }
  }

  private static int members(String group) throws Exception {
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, TestServers.kafka()))) {
      return admin
          .describeConsumerGroups(List.of(group))
          .describedGroups()
          .get(group)
          .get()
          .members()
          .size();
    }
  }

  /** From the kill to the first record that the next process handles. */
  private Duration silenceAfterAKill(String name) throws IOException {
    String prefix = TestServers.prefix();
    Kafka kafka = Brokers.ready("item", prefix, Brokers.OF_ITEM);
    try {
      running = new Instance(prefix, name);
      kafka.publisher().send(Brokers.changed(1, 1));
      await().atMost(Duration.ofSeconds(30)).until(() -> running.handled("1"));
      running.kill();
      long killed = System.nanoTime();
      running = new Instance(prefix, name);
      kafka.publisher().send(Brokers.changed(2, 1));
      await()
          .atMost(Duration.ofSeconds(30))
          .pollInterval(Duration.ofMillis(10))
          .until(() -> running.handled("2"));
      Duration silence = Duration.ofNanos(System.nanoTime() - killed);
      running.kill();
      return silence;
    } finally {
      kafka.stop();
    }
  }

  private static Subscription subscription(Queue<String> handled) {
    return Subscription.to("members").each(record -> handled.add(record.key())).build();
  }

  /** A process that prints the key of each record that it handles, and ends at the end of input. */
  private static final class Instance {
    private final Queue<String> handled = new ConcurrentLinkedQueue<>();
    private final Process process;

    Instance(String prefix, String name) {
      try {
        process =
            new ProcessBuilder(
                    List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Consuming.class.getName(),
                        TestServers.kafka(),
                        prefix,
                        name))
                .redirectErrorStream(true)
                .start();
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
      Thread.ofVirtual().start(this::read);
    }

    boolean handled(String key) {
      return handled.contains("handled " + key);
    }

    void kill() {
      process.destroyForcibly().onExit().join();
    }

    void end() {
      try {
        process.getOutputStream().close();
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
      process.onExit().join();
    }

    private void read() {
      try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
        lines.lines().forEach(handled::add);
      } catch (IOException | java.io.UncheckedIOException closed) {
        handled.add(closed.toString());
      }
    }
  }

  /** The process: address, prefix and name of the instance. */
  static final class Consuming {

    private Consuming() {}

    public static void main(String[] args) throws IOException {
      Config config =
          Config.just(
              ConfigSources.create(
                  Map.of("bootstrap-servers", args[0], "prefix", args[1], "instance-id", args[2])));
      Kafka kafka = Kafka.create("item", config, Clock.systemUTC());
      Part consumer =
          kafka.consume(
              Subscription.to("members")
                  .each(record -> System.out.println("handled " + record.key()))
                  .build());
      kafka.start();
      consumer.start();
      while (System.in.read() >= 0) {
        // Until whoever started it says that it is enough.
      }
      consumer.stop();
      kafka.stop();
    }
  }
}
