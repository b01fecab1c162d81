package jangteo.chassis.events;

import jangteo.chassis.data.Database;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** The queue of events before the relay, as the table has it. */
final class Backlog {

  /** Events that the relay sends in a fraction of a second. */
  private static final long MANY = 3_000;

  private static final Duration PAUSE = Duration.ofMillis(10);

  /** A relay that has sent nothing for so long is not waited for. */
  private static final Duration STANDSTILL = Duration.ofSeconds(1);

  private final Database database;

  /**
   * @param first the lowest row
   * @param length up to the highest; a little more than the rows there are, when some ids were
   *     never used
   */
  private record Queue(long first, long length) {}

  Backlog(Database database) {
    this.database = database;
  }

  void awaitRoom() {
    Queue queue = look();
    long moved = System.nanoTime();
    while (queue.length() > MANY && System.nanoTime() - moved < STANDSTILL.toNanos()) {
      LockSupport.parkNanos(PAUSE.toNanos());
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
      Queue now = look();
      if (now.first() != queue.first()) {
        moved = System.nanoTime();
      }
      queue = now;
    }
  }

  /** Both ends of the primary key: quick, however many there are between them. */
  private Queue look() {
    return database.read(
        sql ->
            sql.one(
                    """
                    SELECT COALESCE(MIN(id), 0) AS first, COALESCE(MAX(id) - MIN(id) + 1, 0) AS length
                    FROM outbox""")
                .map(row -> new Queue(row.whole("first"), row.whole("length")))
                .orElseThrow());
  }
}
