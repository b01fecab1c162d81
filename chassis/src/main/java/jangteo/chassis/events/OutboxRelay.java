package jangteo.chassis.events;

import jangteo.chassis.data.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the rows of the outbox to Kafka (design, section 6, "Out"; docs/adr/0005).
 *
 * <p>One relay per schema is active: the one that holds the lock, on a connection of its own. Its
 * producer is transactional, and {@code initTransactions} after taking the lock fences a
 * predecessor whose connection died before it noticed. After any failure it lets both go and starts
 * again at the lowest row, so that order per key always holds; what was sent and not deleted is
 * sent again under the same {@code ce_id}.
 */
final class OutboxRelay {

  private static final Logger LOG = LoggerFactory.getLogger(OutboxRelay.class);
  private static final Duration POLL = Duration.ofMillis(50);

  /** Longer than any Kafka transaction of ours may take. */
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(20);

  /** Rows of a transaction at most, and bytes of their values, but for the last row's. */
  private static final int ROWS = 1_000;

  private static final long BYTES = 4_000_000;
  private static final int LONGEST_LOCK_NAME = 64;

  private final Database database;
  private final Kafka kafka;
  private final Consumer<List<OutboxRow>> delivered;
  private final String lock;
  private final Semaphore nudges = new Semaphore(0);
  private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2));
  private final Thread thread = Thread.ofPlatform().name("outbox-relay").unstarted(this::run);
  private volatile boolean stopping;

  /**
   * @param delivered is told of rows as soon as the broker has them
   */
  OutboxRelay(Database database, Kafka kafka, Consumer<List<OutboxRow>> delivered) {
    this.database = database;
    this.kafka = kafka;
    this.delivered = delivered;
    this.lock = lockName(database.schema());
  }

  void start() {
    thread.start();
  }

  /** Sends what is committed by now, if it can be sent, and lets the next relay have the lock. */
  void stop() {
    stopping = true;
    nudge();
    try {
      thread.join(Duration.ofSeconds(15));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** There is something to send. */
  void nudge() {
    nudges.release();
  }

  private void run() {
    while (!stopping) {
      if (!database.readiness().ready() || !kafka.topicsReady()) {
        pause(POLL);
        continue;
      }
      try (Connection connection = database.connect()) {
        if (locked(connection)) {
          relay(connection);
        }
      } catch (SQLException | RuntimeException e) {
        if (backoff.failures() == 0) {
          LOG.warn("The outbox relay starts again at the lowest row: {}", e.toString());
        }
        LOG.debug("The outbox relay failed", e);
        pause(backoff.next());
      }
    }
  }

  /**
   * Waits a second for the lock, which ends with its connection; and that ends when this process is
   * frozen or cut off and says nothing for a while.
   */
  private boolean locked(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("SET wait_timeout = " + LONGEST_SILENCE.toSeconds());
    }
    try (var statement = connection.prepareStatement("SELECT GET_LOCK(?, 1)")) {
      statement.setString(1, lock);
      try (var answer = statement.executeQuery()) {
        return answer.next() && answer.getInt(1) == 1;
      }
    }
  }

  private void relay(Connection connection) throws SQLException {
    Producer<byte[], byte[]> producer = kafka.newTransactionalProducer("outbox-" + kafka.service());
    try {
      producer.initTransactions();
      LOG.info("The outbox relay of {} is active", database.schema());
      boolean more = true;
      while (more || !stopping) {
        more = batch(connection, producer);
        backoff.reset();
        if (!more && !stopping) {
          pause(POLL);
        }
      }
    } finally {
      // Without waiting: an open transaction is aborted by the next initTransactions.
      producer.close(Duration.ZERO);
    }
  }

  /** Sends the lowest rows; whether there are more. */
  private boolean batch(Connection connection, Producer<byte[], byte[]> producer)
      throws SQLException {
    List<OutboxRow> rows = OutboxRow.lowest(connection, ROWS, BYTES);
    if (rows.isEmpty()) {
      return false;
    }
    rows.stream().map(OutboxRow::topic).distinct().forEach(kafka::ensure);
    producer.beginTransaction();
    for (OutboxRow row : rows) {
      // The commit waits for all of them and fails with the first that failed.
      var unused = producer.send(row.record(kafka));
    }
    producer.commitTransaction();
    delivered.accept(rows);
    OutboxRow.delete(connection, rows);
    return rows.size() == ROWS || OutboxRow.bytes(rows) >= BYTES;
  }

  private void pause(Duration time) {
    try {
      nudges.tryAcquire(time.toNanos(), TimeUnit.NANOSECONDS);
      nudges.drainPermits();
    } catch (InterruptedException e) {
      stopping = true;
    }
  }

  /** At most 64 characters (MySQL): a schema with a longer name goes by its digest. */
  static String lockName(String schema) {
    String name = "jangteo-outbox:" + schema;
    return name.length() <= LONGEST_LOCK_NAME
        ? name
        : "jangteo-outbox:" + HexFormat.of().toHexDigits(schema.hashCode());
  }
}
