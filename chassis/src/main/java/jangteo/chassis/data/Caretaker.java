package jangteo.chassis.data;

import jangteo.chassis.Readiness;
import jangteo.chassis.StopSignal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a schema needs in the background: migrations until they succeed, then a ping a second, so
 * that asking for readiness costs nothing, and the clean-up of rows that have had their time.
 */
final class Caretaker {

  private static final Logger LOG = LoggerFactory.getLogger(Caretaker.class);
  private static final Duration PING = Duration.ofSeconds(1);
  private static final Duration CLEAN_UP = Duration.ofMinutes(10);
  private static final int ROWS_AT_ONCE = 1_000;

  private final Database database;
  private final Pool pool;
  private final Migrations migrations;
  private final Clock clock;
  private final Map<String, Duration> forgetting = new ConcurrentHashMap<>();
  private final StopSignal stopping = new StopSignal();
  private final Thread thread;
  private volatile boolean migrated;
  private volatile Readiness readiness = Readiness.no("the schema is not migrated yet");

  Caretaker(Database database, Pool pool, Migrations migrations, Clock clock) {
    this.database = database;
    this.pool = pool;
    this.migrations = migrations;
    this.clock = clock;
    this.thread = Thread.ofPlatform().daemon().name("database-caretaker").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  void stop() {
    stopping.give();
    thread.interrupt();
  }

  boolean migrated() {
    return migrated;
  }

  Readiness readiness() {
    return readiness;
  }

  void forget(String table, Duration kept) {
    forgetting.put(table, kept);
  }

  private void run() {
    while (!migrated && !stopping.given()) {
      migrate();
    }
    Instant nextCleanUp = clock.instant();
    while (!stopping.givenWithin(PING)) {
      ping();
      if (readiness.ready() && !clock.instant().isBefore(nextCleanUp)) {
        cleanUp();
        nextCleanUp = clock.instant().plus(CLEAN_UP);
      }
    }
  }

  private void migrate() {
    try {
      migrations.run();
      migrated = true;
      readiness = Readiness.yes();
    } catch (RuntimeException e) {
      readiness = Readiness.no("the schema is not migrated: " + e.getMessage());
      LOG.warn("The schema cannot be migrated yet: {}", e.getMessage());
      LOG.debug("Migration failed", e);
      stopping.givenWithin(PING);
    }
  }

  private void ping() {
    if (pool.exhausted()) {
      return;
    }
    try {
      database.read(sql -> sql.one("SELECT 1 AS answer"));
      if (!readiness.ready()) {
        LOG.info("The database answers again");
      }
      readiness = Readiness.yes();
    } catch (RuntimeException e) {
      if (readiness.ready() && !stopping.given()) {
        LOG.warn("The database does not answer: {}", String.valueOf(e.getCause()));
      }
      readiness = Readiness.no("the database does not answer");
    }
  }

  private void cleanUp() {
    forgetting.forEach(
        (table, kept) -> {
          try {
            Instant before = clock.instant().minus(kept);
            while (delete(table, before) == ROWS_AT_ONCE && !stopping.given()) {
              LOG.debug("Cleaning up {}", table);
            }
          } catch (RuntimeException e) {
            LOG.warn("Cleaning up {} failed, to be tried again", table, e);
          }
        });
  }

  private long delete(String table, Instant before) {
    return database.read(
        sql ->
            sql.execute(
                "DELETE FROM " + table + " WHERE created_at < ? LIMIT " + ROWS_AT_ONCE, before));
  }
}
