package jangteo.chassis.data;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.helidon.dbclient.jdbc.JdbcConnectionPool;
import io.helidon.metrics.api.Gauge;
import io.helidon.metrics.api.Meter;
import io.helidon.metrics.api.MeterRegistry;
import io.helidon.metrics.api.Metrics;
import io.helidon.metrics.api.Tag;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * The bounded connections of a service (design, section 2): READ COMMITTED, UTC, and at most two
 * seconds of waiting. It connects on first use, so that a service starts without its database.
 */
final class Pool implements JdbcConnectionPool, AutoCloseable {

  /** How long a request waits for a free connection before it is answered with 503. */
  static final Duration WAIT = Duration.ofSeconds(2);

  private final HikariDataSource source;
  private final List<Meter> meters = new ArrayList<>();

  Pool(DatabaseAddress address, String service, int size) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(service);
    config.setJdbcUrl(address.url());
    config.setUsername(address.username());
    config.setPassword(address.password());
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(Math.min(2, size));
    config.setConnectionTimeout(WAIT.toMillis());
    config.setValidationTimeout(1_000);
    config.setInitializationFailTimeout(-1);
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    config.setConnectionInitSql(DatabaseAddress.SESSION);
    config.setDataSourceProperties(address.driverProperties());
    this.source = new HikariDataSource(config);
    meter("active", () -> source.getHikariPoolMXBean().getActiveConnections());
    meter("idle", () -> source.getHikariPoolMXBean().getIdleConnections());
    meter("waiting", () -> source.getHikariPoolMXBean().getThreadsAwaitingConnection());
  }

  @Override
  public Connection connection() {
    try {
      return source.getConnection();
    } catch (SQLException e) {
      throw new NoConnectionException(e);
    }
  }

  @Override
  public String dbType() {
    return "mysql";
  }

  /** Whether every connection is at work, which is load and no sign of an outage. */
  boolean exhausted() {
    return source.getHikariPoolMXBean().getActiveConnections() >= source.getMaximumPoolSize();
  }

  @Override
  public void close() {
    MeterRegistry registry = Metrics.globalRegistry();
    meters.forEach(registry::remove);
    source.close();
  }

  private void meter(String state, IntSupplier value) {
    meters.add(
        Metrics.globalRegistry()
            .getOrCreate(
                Gauge.builder("db.pool.connections", value::getAsInt)
                    .description("Connections of the pool, and threads that wait for one")
                    .addTag(Tag.create("state", state))));
  }

  /** No connection within {@link #WAIT}. */
  static final class NoConnectionException extends RuntimeException {
    NoConnectionException(SQLException cause) {
      super("no connection to the database within " + WAIT.toMillis() + " ms", cause);
    }
  }
}
