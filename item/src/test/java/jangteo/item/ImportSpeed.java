package jangteo.item;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jangteo.chassis.data.Database;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * How many lines a second an import takes, and how long somebody else's change waits behind it in
 * the outbox; no part of the suite: {@code ./jangteo mvn -pl item -am package -Dtest=ImportSpeed
 * -Dsurefire.failIfNoSpecifiedTests=false -Djangteo.import.lines=40000}.
 */
final class ImportSpeed {

  private static final int LINES = Integer.getInteger("jangteo.import.lines", 40_000);
  private static final int RUNS = Integer.getInteger("jangteo.import.runs", 3);
  private static final Duration LONG = Duration.ofMinutes(5);

  @Test
  void linesPerSecond() throws InterruptedException {
    try (RunningItem item = RunningItem.start();
        Topics topics = item.topics()) {
      Database database = item.openDatabase();
      for (int run = 1; run <= RUNS; run++) {
        byte[] file = file(run);
        Bystander bystander = new Bystander(item, topics);
        Thread changing = Thread.ofPlatform().name("bystander").start(bystander);
        long start = System.nanoTime();
        Bulk.Answer answer =
            new Bulk(item, 2_000 + run)
                .post(Bulk.NDJSON, file, "Idempotency-Key", UUID.randomUUID().toString());
        long took = millis(start);
        Awaitility.await()
            .atMost(LONG)
            .pollInterval(Duration.ofMillis(50))
            .until(() -> depth(database) == 0);
        long sent = millis(start);
        bystander.end();
        changing.join();
        System.err.printf(
            "%,d lines in %,d ms: %,d/s; all sent after %,d ms; others' changes: %s%n",
            LINES, took, LINES * 1_000L / took, sent, bystander);
        assertThat(answer.counts()).isEqualTo(List.of((long) LINES, 0L, 0L, 0L));
      }
      database.stop();
    }
  }

  private static byte[] file(int run) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    for (int n = 0; n < LINES; n++) {
      file.writeBytes(
          """
          {"sku":"B-%1$d-%3$d","name":"무선 이어폰 %1$d","description":"하루 종일 들어도 편안한, 조용한 이어폰 %1$d",\
          "category":"전자제품/음향","brand":"소리","attributes":{"색상":"검정"},"price":%2$d,"currency":"KRW","quantity":10}
          """
              .formatted(n, 10_000 + n % 1_000, run)
              .getBytes(UTF_8));
    }
    return file.toByteArray();
  }

  private static long depth(Database database) {
    return database.read(
        sql -> sql.one("SELECT COUNT(*) AS n FROM outbox").orElseThrow().whole("n"));
  }

  private static long millis(long start) {
    return (System.nanoTime() - start) / 1_000_000;
  }
}
