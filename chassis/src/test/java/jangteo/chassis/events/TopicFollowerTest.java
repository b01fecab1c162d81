package jangteo.chassis.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jangteo.chassis.Part;
import jangteo.testkit.TestServers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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

  private static void hold(CountDownLatch latch) {
    try {
      latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
