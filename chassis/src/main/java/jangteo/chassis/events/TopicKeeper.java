package jangteo.chassis.events;

import jangteo.chassis.Readiness;
import jangteo.chassis.StopSignal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates missing topics in the background, then asks every two seconds whether a broker answers.
 */
final class TopicKeeper {

  private static final Logger LOG = LoggerFactory.getLogger(TopicKeeper.class);
  private static final Duration PING = Duration.ofSeconds(2);
  private static final Duration RETRY = Duration.ofMillis(250);

  private final ClientSettings settings;
  private final String prefix;
  private final TopicSettings topics = TopicSettings.ofTheShop();
  private final Set<String> wanted = ConcurrentHashMap.newKeySet();
  private final Set<String> there = ConcurrentHashMap.newKeySet();
  private final StopSignal stopping = new StopSignal();
  private final Thread thread =
      Thread.ofPlatform().daemon().name("kafka-topics").unstarted(this::run);
  private volatile boolean answered;
  private volatile boolean lost;

  TopicKeeper(ClientSettings settings, String prefix) {
    this.settings = settings;
    this.prefix = prefix;
  }

  void ensure(String topic) {
    if (!topics.knows(topic)) {
      throw new IllegalArgumentException("jangteo/topics.yaml has no topic " + topic);
    }
    wanted.add(topic);
  }

  void start() {
    thread.start();
  }

  void stop() {
    stopping.give();
    thread.interrupt();
  }

  boolean complete() {
    return there.containsAll(wanted);
  }

  Readiness readiness() {
    if (!answered) {
      return Readiness.no("no Kafka broker has answered yet");
    }
    if (!complete()) {
      return Readiness.no("topics are missing");
    }
    return lost ? Readiness.degraded("no Kafka broker answers") : Readiness.yes();
  }

  private void run() {
    do {
      try (Admin admin = Admin.create(settings.admin())) {
        keep(admin);
      } catch (RuntimeException e) {
        LOG.warn("The Kafka client cannot be made yet: {}", e.getMessage());
      }
    } while (!stopping.givenWithin(RETRY));
  }

  private void keep(Admin admin) {
    do {
      try {
        List<String> missing = wanted.stream().filter(topic -> !there.contains(topic)).toList();
        if (missing.isEmpty()) {
          admin.describeCluster().nodes().get(5, TimeUnit.SECONDS);
        } else {
          create(admin, missing);
        }
        if (lost) {
          LOG.info("A Kafka broker answers again");
        }
        answered = true;
        lost = false;
      } catch (InterruptedException e) {
        return;
      } catch (Exception e) {
        if (!lost && !stopping.given()) {
          LOG.warn("No Kafka broker answers: {}", String.valueOf(e.getMessage()));
        }
        lost = true;
      }
    } while (!stopping.givenWithin(complete() && !lost ? PING : RETRY));
  }

  private void create(Admin admin, List<String> missing) throws Exception {
    Map<String, KafkaFuture<Void>> results =
        admin
            .createTopics(missing.stream().map(name -> topics.create(prefix, name)).toList())
            .values();
    for (Map.Entry<String, KafkaFuture<Void>> result : results.entrySet()) {
      try {
        result.getValue().get(5, TimeUnit.SECONDS);
        LOG.info("Topic {} created", result.getKey());
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw e;
        }
      }
      there.add(result.getKey().substring(prefix.length()));
    }
  }
}
