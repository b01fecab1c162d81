package jangteo.chassis.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.helidon.metrics.api.Metrics;
import io.helidon.metrics.api.Timer;
import io.opentelemetry.context.Scope;
import jangteo.chassis.data.Database;
import jangteo.chassis.data.Databases;
import jangteo.chassis.telemetry.Traces;
import jangteo.member.v1.MemberChanged;
import jangteo.testkit.TestServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutboxTest {

  private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  private static final Duration SOON = Duration.ofSeconds(30);

  private Database database;
  private Kafka kafka;
  private Outbox outbox;
  private TopicReading members;

  @BeforeEach
  void start() {
    database = Databases.ready(TestServers.database("outbox"));
    kafka = Brokers.ready("member", TestServers.prefix(), "members");
    outbox = Outbox.create(database, kafka, Clock.systemUTC());
    outbox.start();
    members = new TopicReading(kafka, "members");
  }

  @AfterEach
  void stop() {
    members.close();
    outbox.stop();
    kafka.stop();
    database.stop();
  }

  @Test
  void whatIsCommittedArrivesWithItsHeadersAndTrace() {
    try (Scope scope = Traces.context(TRACE).makeCurrent()) {
      database.transact(tx -> outbox.add(tx, Brokers.changed(7, 3)));
    }

    await().atMost(SOON).until(() -> members.records().size() == 1);
    Record record = members.records().getFirst();
    assertThat(record.key()).isEqualTo("7");
    assertThat(record.parse(MemberChanged.parser())).isEqualTo(Brokers.member(7, 3));
    assertThat(record.type()).isEqualTo("jangteo.member.v1.MemberChanged");
    assertThat(record.version()).contains(3L);
    assertThat(record.traceparent()).contains(TRACE);
    assertThat(record.header("ce_specversion")).contains("1.0");
    assertThat(record.header("ce_source")).contains("/jangteo/member");
    assertThat(record.header("ce_subject")).contains("7");
    assertThat(record.header("ce_id").orElseThrow()).hasSize(36);
    assertThat(record.time())
        .isBetween(Clock.systemUTC().instant().minusSeconds(60), Clock.systemUTC().instant());
    await().until(() -> rows() == 0);
  }

  @Test
  void howLongEachEventTookIsMeasured() {
    database.transact(tx -> outbox.add(tx, Brokers.changed(7, 3), Brokers.changed(8, 1)));

    await().atMost(SOON).until(() -> deliveries().count() == 2);

    assertThat(deliveries().max(TimeUnit.MILLISECONDS)).isBetween(0.1, (double) SOON.toMillis());
  }

  private static Timer deliveries() {
    return Metrics.globalRegistry().getOrCreate(Timer.builder("outbox.delivery"));
  }

  @Test
  void whatIsRolledBackNeverLeaves() {
    assertThatThrownBy(
            () ->
                database.transact(
                    tx -> {
                      outbox.add(tx, Brokers.changed(1, 1));
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");
    database.transact(tx -> outbox.add(tx, Brokers.changed(2, 1)));

    await().atMost(SOON).until(() -> !members.records().isEmpty());
    assertThat(members.records()).extracting(Record::key).containsExactly("2");
  }

  @Test
  void aTombstoneHasNoValue() {
    database.transact(
        tx -> outbox.add(tx, Event.tombstone("members", "5", MemberChanged.class).withVersion(9)));

    await().atMost(SOON).until(() -> !members.records().isEmpty());
    Record record = members.records().getFirst();
    assertThat(record.value()).isEmpty();
    assertThat(record.version()).contains(9L);
  }

  @Test
  void whatNoRelayCouldSendIsRefusedAtOnce() {
    MemberChanged large = Brokers.member(1, 1).toBuilder().setName("x".repeat(950_000)).build();

    assertThatThrownBy(
            () -> database.transact(tx -> outbox.add(tx, Event.of("members", "1", large))))
        .hasMessageContaining("900 kB");
    assertThatThrownBy(
            () -> database.transact(tx -> outbox.add(tx, Event.of("membres", "1", large))))
        .hasMessageContaining("no topic membres");
  }

  @Test
  void orderPerKeyIsCommitOrderUnderConcurrentWriters() {
    changeConcurrently(5, 40);

    awaitAllInOrder(5, 40);
    assertThat(members.records()).as("nothing failed, so nothing was sent twice").hasSize(200);
  }

  @Test
  void losingTheLockLosesAndReordersNothing() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var writing = threads.submit(() -> changeConcurrently(5, 60));
      for (int kills = 0; kills < 3; kills++) {
        int before = members.records().size();
        await().atMost(SOON).until(() -> members.records().size() > before || writing.isDone());
        killLockHolder();
      }
      writing.get();
    }

    awaitAllInOrder(5, 60);
  }

  @Test
  void oneRelayIsActiveAndAnotherTakesOver() {
    database.transact(tx -> outbox.add(tx, Brokers.changed(1, 1)));
    await().atMost(SOON).until(() -> members.versions("1").size() == 1);
    Outbox second = Outbox.create(database, kafka, Clock.systemUTC());
    second.start();
    try {
      database.transact(tx -> second.add(tx, Brokers.changed(1, 2)));
      await().atMost(SOON).until(() -> members.versions("1").size() == 2);

      outbox.stop();
      database.transact(tx -> second.add(tx, Brokers.changed(1, 3)));
      await().atMost(SOON).until(() -> members.versions("1").size() == 3);
      assertThat(members.versions("1")).containsExactly(1L, 2L, 3L);
      assertThat(members.records()).hasSize(3);
    } finally {
      second.stop();
    }
  }

  @Test
  void whoAddsThousandsWaitsButNotForARelayThatSendsNothing() {
    outbox.stop();
    database.transact(
        tx ->
            outbox.add(
                tx,
                LongStream.rangeClosed(1, 5_000)
                    .mapToObj(id -> Brokers.changed(id, 1))
                    .toArray(Event[]::new)));
    long begun = System.nanoTime();

    assertTimeoutPreemptively(SOON, outbox::awaitRoom);

    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(900));
    assertThat(rows()).isEqualTo(5_000);
  }

  /** As a service does it: locks the aggregate's row, then adds the event of its next version. */
  private void changeConcurrently(int keys, int times) {
    for (int key = 1; key <= keys; key++) {
      long id = key;
      database.transact(
          tx -> tx.execute("INSERT INTO shelf (id, name) VALUES (?, ?)", id, "shelf " + id));
    }
    List<Future<?>> changes = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < keys * times; i++) {
        long id = 1L + i % keys;
        changes.add(threads.submit(() -> change(id)));
      }
    }
    changes.forEach(change -> assertThat(change).succeedsWithin(Duration.ZERO));
  }

  private void change(long id) {
    await()
        .atMost(SOON)
        .ignoreExceptionsInstanceOf(jangteo.chassis.web.ProblemException.class)
        .until(
            () ->
                database.inTransaction(
                    tx -> {
                      tx.execute("UPDATE shelf SET amount = amount + 1 WHERE id = ?", id);
                      long version =
                          tx.one("SELECT amount FROM shelf WHERE id = ?", id)
                              .orElseThrow()
                              .whole("amount");
                      outbox.add(tx, Brokers.changed(id, version));
                      return true;
                    }));
  }

  private void awaitAllInOrder(int keys, int times) {
    List<Long> all = LongStream.rangeClosed(1, times).boxed().toList();
    for (int key = 1; key <= keys; key++) {
      String id = Integer.toString(key);
      await().atMost(SOON).untilAsserted(() -> assertThat(members.versions(id)).isEqualTo(all));
    }
    await().atMost(SOON).until(() -> rows() == 0);
  }

  private long rows() {
    return database.read(
        sql -> sql.one("SELECT COUNT(*) AS n FROM outbox").orElseThrow().whole("n"));
  }

  private void killLockHolder() throws SQLException {
    try (Connection own = database.connect();
        var statement = own.createStatement();
        var holder =
            statement.executeQuery(
                "SELECT IS_USED_LOCK('" + OutboxRelay.lockName(database.schema()) + "')")) {
      if (holder.next() && holder.getLong(1) > 0) {
        long id = holder.getLong(1);
        own.createStatement().execute("KILL " + id);
      }
    }
  }
}
