package jangteo.chassis.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jangteo.testkit.TestServers;
import java.sql.Connection;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DatabaseTest {

  private enum Colour {
    RED
  }

  private static Database database;

  @BeforeAll
  static void start() {
    database = Databases.ready(TestServers.database("data"));
  }

  @AfterAll
  static void stop() {
    database.stop();
  }

  @BeforeEach
  void empty() {
    database.read(sql -> sql.execute("DELETE FROM shelf"));
  }

  @Test
  void everySessionIsReadCommittedInUtcAndUtf8() {
    Row session =
        database
            .inTransaction(
                tx ->
                    tx.one(
                        """
                        SELECT @@tx_isolation AS isolation, @@time_zone AS zone,
                               @@character_set_client AS charset, @@autocommit AS autocommit
                        """))
            .orElseThrow();

    assertThat(session.text("isolation")).isEqualTo("READ-COMMITTED");
    assertThat(session.text("zone")).isEqualTo("+00:00");
    assertThat(session.text("charset")).isEqualTo("utf8mb4");
    assertThat(session.flag("autocommit")).isFalse();
  }

  @Test
  void valuesComeBackAsTheyWent() {
    UUID tag = UUID.randomUUID();
    Instant seen = Instant.parse("2026-11-22T18:00:00.123456Z");
    database.transact(
        tx ->
            tx.execute(
                """
                INSERT INTO shelf (id, name, colour, amount, full, seen_at, tag, picture)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                Long.MAX_VALUE,
                "장터 🛒",
                Colour.RED,
                -7,
                true,
                seen.plusNanos(789),
                tag,
                new byte[] {0, -1}));

    Row row = database.read(sql -> sql.one("SELECT * FROM shelf")).orElseThrow();

    assertThat(row.whole("id")).isEqualTo(Long.MAX_VALUE);
    assertThat(row.text("name")).isEqualTo("장터 🛒");
    assertThat(row.choice("colour", Colour.class)).isEqualTo(Colour.RED);
    assertThat(row.whole("amount")).isEqualTo(-7);
    assertThat(row.flag("full")).isTrue();
    assertThat(row.instant("seen_at")).isEqualTo(seen);
    assertThat(row.uuid("tag")).isEqualTo(tag);
    assertThat(row.bytes("picture")).containsExactly(0, -1);
  }

  @Test
  void nullIsNothing() {
    database.read(
        sql ->
            sql.execute(
                "INSERT INTO shelf (id, name, colour, seen_at) VALUES (1, 'a', ?, ?)",
                null,
                Optional.empty()));

    Row row = database.read(sql -> sql.one("SELECT * FROM shelf")).orElseThrow();

    assertThat(row.maybeText("colour")).isEmpty();
    assertThat(row.maybeInstant("seen_at")).isEmpty();
    assertThatThrownBy(() -> row.text("colour")).hasMessageContaining("colour is NULL");
    assertThatThrownBy(() -> row.maybeText("color")).hasMessageContaining("no column color");
  }

  @Test
  void sumsAndCountsAreWholeNumbers() {
    database.read(sql -> sql.execute("INSERT INTO shelf (id, name, amount) VALUES (1, 'a', 5)"));

    Row row =
        database
            .read(sql -> sql.one("SELECT COUNT(*) AS n, SUM(amount) AS total FROM shelf"))
            .orElseThrow();

    assertThat(row.whole("n")).isEqualTo(1);
    assertThat(row.whole("total")).isEqualTo(5);
  }

  /** 02:30 on this day does not exist in Berlin: a driver that goes by local time would move it. */
  @Test
  void timesDoNotDependOnTheZoneOfTheProcess() {
    TimeZone before = TimeZone.getDefault();
    Instant gap = Instant.parse("2026-03-29T02:30:00Z");
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
      database.read(
          sql -> sql.execute("INSERT INTO shelf (id, name, seen_at) VALUES (1, 'a', ?)", gap));
      Row row =
          database
              .read(sql -> sql.one("SELECT seen_at, CAST(seen_at AS CHAR) AS text FROM shelf"))
              .orElseThrow();

      assertThat(row.instant("seen_at")).isEqualTo(gap);
      assertThat(row.text("text")).startsWith("2026-03-29 02:30:00");
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @Test
  void whatThrowsIsRolledBackAndItsActionsAfterCommitNeverRun() {
    List<String> actions = new ArrayList<>();

    assertThatThrownBy(
            () ->
                database.transact(
                    tx -> {
                      tx.execute("INSERT INTO shelf (id, name) VALUES (1, 'a')");
                      tx.afterCommit(() -> actions.add("ran"));
                      throw new IllegalArgumentException("no");
                    }))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(Databases.shelves(database)).isEmpty();
    assertThat(actions).isEmpty();
  }

  @Test
  void actionsAfterCommitSeeWhatWasCommitted() {
    List<Row> seen = new ArrayList<>();

    database.transact(
        tx -> {
          tx.execute("INSERT INTO shelf (id, name) VALUES (1, 'a')");
          tx.afterCommit(
              () -> seen.addAll(database.read(sql -> sql.all("SELECT name FROM shelf"))));
        });

    assertThat(seen).extracting(row -> row.text("name")).containsExactly("a");
  }

  @Test
  void aRefusedRowNamesTheKeyAndTheTransactionGoesOn() {
    database.transact(
        tx -> {
          tx.execute("INSERT INTO shelf (id, name) VALUES (1, 'a')");
          assertThatThrownBy(() -> tx.execute("INSERT INTO shelf (id, name) VALUES (2, 'a')"))
              .isInstanceOfSatisfying(
                  DuplicateKeyException.class,
                  refused -> assertThat(refused.key()).isEqualTo("shelf_name"));
          tx.execute("INSERT INTO shelf (id, name) VALUES (2, 'b')");
        });

    assertThat(Databases.shelves(database)).hasSize(2);
  }

  @Test
  void transactionsDoNotNest() {
    assertThatThrownBy(
            () -> database.transact(tx -> database.read(sql -> sql.all("SELECT * FROM shelf"))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("do not nest");
  }

  @Test
  void deadlockedWorkIsDoneAgainFromItsBeginning() throws Exception {
    database.transact(tx -> tx.execute("INSERT INTO shelf (id, name) VALUES (1, 'a'), (2, 'b')"));
    CyclicBarrier bothHoldOne = new CyclicBarrier(2);
    AtomicInteger attempts = new AtomicInteger();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> one = threads.submit(() -> raise(1, 2, bothHoldOne, attempts));
      Future<?> other = threads.submit(() -> raise(2, 1, bothHoldOne, attempts));
      one.get(20, TimeUnit.SECONDS);
      other.get(20, TimeUnit.SECONDS);
    }

    assertThat(attempts).hasValueGreaterThan(2);
    assertThat(Databases.shelves(database))
        .extracting(row -> row.whole("amount"))
        .containsExactly(2L, 2L);
  }

  private static void raise(int first, int second, CyclicBarrier bothHoldOne, AtomicInteger tries) {
    AtomicInteger own = new AtomicInteger();
    database.transact(
        tx -> {
          tries.incrementAndGet();
          tx.execute("UPDATE shelf SET amount = amount + 1 WHERE id = ?", first);
          if (own.incrementAndGet() == 1) {
            meet(bothHoldOne);
          }
          tx.execute("UPDATE shelf SET amount = amount + 1 WHERE id = ?", second);
        });
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aRollbackThatFailsDoesNotHideWhatWentWrongFirst() {
    IllegalArgumentException first = new IllegalArgumentException("first");

    assertThatThrownBy(
            () ->
                database.transact(
                    tx -> {
                      long connection =
                          tx.one("SELECT CONNECTION_ID() AS id").orElseThrow().whole("id");
                      kill(connection);
                      throw first;
                    }))
        .isSameAs(first);
    assertThat(first.getSuppressed()).isNotEmpty();
  }

  @Test
  void anUnpooledConnectionHasTheSameSettings() throws Exception {
    try (Connection connection = database.connect();
        var statement = connection.createStatement();
        var answer =
            statement.executeQuery("SELECT @@tx_isolation, @@time_zone, UTC_TIMESTAMP(6)")) {
      assertThat(answer.next()).isTrue();
      assertThat(answer.getString(1)).isEqualTo("READ-COMMITTED");
      assertThat(answer.getString(2)).isEqualTo("+00:00");
      Timestamp now = answer.getTimestamp(3);
      assertThat(now.toInstant())
          .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
    }
  }

  private static void kill(long connection) {
    try (Connection own = database.connect();
        var statement = own.createStatement()) {
      statement.execute("KILL " + connection);
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
