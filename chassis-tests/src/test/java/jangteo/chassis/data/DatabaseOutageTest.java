package jangteo.chassis.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jangteo.chassis.web.ProblemException;
import jangteo.testkit.TestServers;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DatabaseOutageTest {

  @Test
  void startsWithoutItsServerAndRecoversByItself() throws Exception {
    jangteo.testkit.DatabaseAddress address = TestServers.database("outage");
    try (Link link = Link.to(address.url())) {
      link.cut();
      Database database = Databases.at(link.through(address.url()), address, 4);
      try {
        database.start();
        assertThat(database.readiness().ready()).isFalse();
        assertUnavailable(database);

        link.mend();
        awaitReady(database, true);
        assertThat(Databases.shelves(database)).isEmpty();

        link.cut();
        awaitReady(database, false);
        assertUnavailable(database);

        link.mend();
        awaitReady(database, true);
        assertThat(Databases.shelves(database)).isEmpty();
      } finally {
        database.stop();
      }
    }
  }

  @Test
  void anExhaustedPoolIsAnsweredWith503AndLeavesOthersAlone() throws Exception {
    Database full = Databases.ready(TestServers.database("full"));
    Database other = Databases.ready(TestServers.database("other"));
    CountDownLatch held = new CountDownLatch(4);
    CountDownLatch release = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 4; i++) {
        var unused = threads.submit(() -> hold(full, held, release));
      }
      assertThat(held.await(10, TimeUnit.SECONDS)).isTrue();

      assertUnavailable(full);
      assertThat(full.readiness().ready()).as("load is no outage").isTrue();
      assertThat(Databases.shelves(other)).isEmpty();

      release.countDown();
      await().until(() -> Databases.shelves(full).isEmpty());
    } finally {
      release.countDown();
      full.stop();
      other.stop();
    }
  }

  private static void hold(Database database, CountDownLatch held, CountDownLatch release) {
    database.transact(
        tx -> {
          tx.one("SELECT 1 AS one");
          held.countDown();
          try {
            release.await(20, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private static void assertUnavailable(Database database) {
    long start = System.nanoTime();
    assertThatThrownBy(() -> database.read(sql -> sql.all("SELECT * FROM shelf")))
        .isInstanceOfSatisfying(
            ProblemException.class,
            thrown -> {
              assertThat(thrown.problem().status()).isEqualTo(503);
              assertThat(thrown.problem().headers()).containsKey("Retry-After");
            });
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
  }

  private static void awaitReady(Database database, boolean ready) {
    await().atMost(Duration.ofSeconds(20)).until(() -> database.readiness().ready() == ready);
  }
}
