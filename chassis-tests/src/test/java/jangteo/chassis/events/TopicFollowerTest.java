package jangteo.chassis.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import jangteo.chassis.Part;
import jangteo.testkit.TestServers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class TopicFollowerTest {

  private static final Duration SOON = Duration.ofSeconds(30);

  private Kafka kafka;
  private final List<Record> seen = new CopyOnWriteArrayList<>();

  @BeforeEach
  void start() {
    kafka = Brokers.ready("search", TestServers.prefix(), "members");
  }

  @AfterEach
  void stop() {
    kafka.stop();
  }

  @Test
  void isReadyOnceItHasReadWhatWasThere() {
    kafka.publisher().send(LongStream.range(0, 30).mapToObj(id -> Brokers.changed(id, 1)).toList());
    CountDownLatch go = new CountDownLatch(1);
    Part follower =
        kafka.follow(
            TopicFollower.of("members")
                .fromStart()
                .each(
                    record -> {
                      hold(go);
                      seen.add(record);
                    }));
    follower.start();
    try {
      assertThat(follower.readiness().ready()).isFalse();
      go.countDown();
      await().atMost(SOON).until(() -> follower.readiness().ready());
      assertThat(seen).hasSize(30);

      kafka.publisher().send(Brokers.changed(99, 1));
      await().atMost(SOON).until(() -> seen.size() == 31);
    } finally {
      follower.stop();
    }
  }

  @Test
  void anEmptyTopicIsCaughtUpWith() {
    Part follower = kafka.follow(TopicFollower.of("members").fromStart().each(seen::add));
    follower.start();
    try {
      await().atMost(SOON).until(() -> follower.readiness().ready());
    } finally {
      follower.stop();
    }
  }

  @Test
  void beginsWithWhatIsRecent() {
    kafka.publisher().send(Brokers.changed(1, 1));
    Part none = kafka.follow(TopicFollower.of("members").fromRecent(Duration.ZERO).each(seen::add));
    none.start();
    await().atMost(SOON).until(() -> none.readiness().ready());
    none.stop();
    assertThat(seen).isEmpty();

    Part hour =
        kafka.follow(TopicFollower.of("members").fromRecent(Duration.ofHours(1)).each(seen::add));
    hour.start();
    await().atMost(SOON).until(() -> hour.readiness().ready());
    hour.stop();
    assertThat(seen).hasSize(1);
  }

  @Test
  void aRecordThatItCannotUseDoesNotStopIt() {
    Part follower =
        kafka.follow(
            TopicFollower.of("members")
                .fromStart()
                .each(
                    record -> {
                      if (record.version().orElse(0L) == 1) {
                        throw new UnprocessableException("no");
                      }
                      seen.add(record);
                    }));
    follower.start();
    try {
      kafka.publisher().send(Brokers.changed(1, 1), Brokers.changed(1, 2));
      await().atMost(SOON).until(() -> seen.size() == 1);
    } finally {
      follower.stop();
    }
  }

  @Test
  void waitsWithoutAWordForATopicThatTheBrokerDoesNotKnowYet() {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    Logger logger = (Logger) LoggerFactory.getLogger(TopicFollower.class);
    log.start();
    logger.addAppender(log);
    Part follower = kafka.follow(TopicFollower.of("members").fromStart().each(seen::add));
    try (Admin admin = admin()) {
      admin.deleteTopics(List.of(kafka.topic("members")));
      await().atMost(SOON).until(() -> !topics(admin).contains(kafka.topic("members")));
      follower.start();
      await().during(Duration.ofSeconds(1)).atMost(SOON).until(() -> !follower.readiness().ready());

      admin.createTopics(List.of(new NewTopic(kafka.topic("members"), 2, (short) 1)));
      await().atMost(SOON).until(() -> follower.readiness().ready());
      kafka.publisher().send(Brokers.changed(1, 1));
      await().atMost(SOON).until(() -> seen.size() == 1);
      assertThat(log.list).isEmpty();
    } finally {
      follower.stop();
      logger.detachAppender(log);
    }
  }

  private static Admin admin() {
    return Admin.create(
        Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, (Object) TestServers.kafka()));
  }

  private static Set<String> topics(Admin admin) throws Exception {
    return admin.listTopics().names().get(10, TimeUnit.SECONDS);
  }

  private static void hold(CountDownLatch latch) {
    try {
      latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
