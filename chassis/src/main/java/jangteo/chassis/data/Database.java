package jangteo.chassis.data;

import io.helidon.config.Config;
import io.helidon.dbclient.DbClient;
import io.helidon.dbclient.jdbc.JdbcClientBuilder;
import io.helidon.dbclient.tracing.DbClientTracing;
import jangteo.chassis.Part;
import jangteo.chassis.Readiness;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service's own MySQL schema (design, section 2).
 *
 * <p>It starts without its server, migrates the schema in the background, and is ready once that is
 * done and while the server answers. Away, it answers with a 503 problem that has {@code
 * Retry-After}, after at most two seconds of waiting for a connection. Work that collides with
 * another transaction (errors 1213, 1205, 1020) is done again from its beginning.
 *
 * <p>Transactions are READ COMMITTED and do not nest.
 */
public final class Database implements Part {

  private static final Logger LOG = LoggerFactory.getLogger(Database.class);

  /** How often work that collides is done before the client is told to come back. */
  private static final int ATTEMPTS = 10;

  private final DatabaseAddress address;
  private final Pool pool;
  private final DbClient client;
  private final Caretaker caretaker;
  private final ThreadLocal<Boolean> inTransaction = ThreadLocal.withInitial(() -> false);

  private Database(DatabaseAddress address, Migrations migrations, Pool pool, Clock clock) {
    this.address = address;
    this.pool = pool;
    this.client =
        JdbcClientBuilder.create()
            .connectionPool(pool)
            .addService(new CurrentSpan())
            .addService(DbClientTracing.create())
            .addService(new StatementTimes())
            .build();
    this.caretaker = new Caretaker(this, pool, migrations, clock);
  }

  /**
   * The schema that the configuration names.
   *
   * @param service the service's name, which the pool and its threads bear
   * @param db the configuration node {@code db}: url, username, password, pool-size; and
   *     owner.username, owner.password of who migrates it, where the service itself may not
   */
  public static Database create(String service, Config db, Clock clock) {
    DatabaseAddress address = DatabaseAddress.of(db);
    Pool pool = new Pool(address, service, db.get("pool-size").asInt().orElse(10));
    return new Database(address, new Migrations(DatabaseAddress.ofOwner(db)), pool, clock);
  }

  /**
   * Does the work in one transaction: committed when it returns, rolled back when it throws. The
   * work may run several times, so all it does must be in the transaction, or in {@link
   * Transaction#afterCommit}.
   */
  public <T> T inTransaction(Function<Transaction, T> work) {
    return outside(() -> again(() -> attempt(work)));
  }

  /** The same for work without a result. */
  public void transact(Consumer<Transaction> work) {
    inTransaction(
        transaction -> {
          work.accept(transaction);
          return true;
        });
  }

  /** Statements that each stand alone (auto-commit), such as one query. */
  public <T> T read(Function<Sql, T> work) {
    return outside(() -> again(() -> work.apply(new Statements(client.execute()))));
  }

  /**
   * A connection of its own, outside the pool, for what lasts longer than a request, such as a lock
   * by {@code GET_LOCK}. The caller closes it.
   */
  public Connection connect() throws SQLException {
    return address.connect();
  }

  /** The schema's name. */
  public String schema() {
    return address.schema();
  }

  /**
   * Deletes rows some time after their {@code created_at}, in the background.
   *
   * @param table a table of this schema with an indexed column {@code created_at}
   * @param kept how long a row stays at least
   */
  public void forget(String table, Duration kept) {
    caretaker.forget(table, kept);
  }

  @Override
  public String name() {
    return "database";
  }

  @Override
  public void start() {
    caretaker.start();
  }

  @Override
  public void stop() {
    caretaker.stop();
    pool.close();
  }

  @Override
  public Readiness readiness() {
    return caretaker.readiness();
  }

  private <T> T attempt(Function<Transaction, T> work) {
    OpenTransaction transaction = new OpenTransaction(client.transaction());
    T result;
    inTransaction.set(true);
    try {
      result = work.apply(transaction);
      transaction.commit();
    } catch (RuntimeException | Error e) {
      transaction.rollback(e);
      throw e;
    } finally {
      inTransaction.remove();
    }
    transaction.committed();
    return result;
  }

  /** Does what collides again, and says of an outage what a client should hear. */
  private static <T> T again(Work<T> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        return work.run();
      } catch (RuntimeException e) {
        switch (SqlFailure.of(e)) {
          case COLLISION -> {
            if (attempt == ATTEMPTS) {
              LOG.warn("Work collided {} times with other transactions", ATTEMPTS, e);
              throw unavailable(e);
            }
            LOG.debug("Work collided with another transaction, attempt {}", attempt, e);
            LockSupport.parkNanos(pause(attempt).toNanos());
          }
          case OUTAGE -> throw unavailable(e);
          default -> throw e;
        }
      }
    }
  }

  /** Full jitter under a bound that doubles from 8 ms to 256 ms. */
  private static Duration pause(int attempt) {
    long bound = Math.min(256, 4L << attempt);
    return Duration.ofMillis(1 + ThreadLocalRandom.current().nextLong(bound));
  }

  private static RuntimeException unavailable(RuntimeException cause) {
    RuntimeException problem = Outages.problem().exception();
    problem.initCause(cause);
    return problem;
  }

  private <T> T outside(Work<T> work) {
    if (inTransaction.get()) {
      throw new IllegalStateException(
          "already inside a transaction: use the one at hand, transactions do not nest");
    }
    if (!caretaker.migrated()) {
      throw Outages.problem().exception();
    }
    return work.run();
  }

  private interface Work<T> {
    T run();
  }
}
