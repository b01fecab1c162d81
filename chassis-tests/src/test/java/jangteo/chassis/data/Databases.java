package jangteo.chassis.data;

import static org.awaitility.Awaitility.await;

import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Databases as tests need them: on the real server, migrated, small. */
public final class Databases {

  private Databases() {}

  /** A started database whose schema is migrated. */
  public static Database ready(jangteo.testkit.DatabaseAddress address) {
    return ready(address, Clock.systemUTC());
  }

  /** The same, which tells when rows are old by this clock. */
  public static Database ready(jangteo.testkit.DatabaseAddress address, Clock clock) {
    Database database = at(address.url(), address, 4, clock);
    database.start();
    await().atMost(Duration.ofSeconds(30)).until(() -> database.readiness().ready());
    return database;
  }

  /** A database that is not started. */
  public static Database at(String url, jangteo.testkit.DatabaseAddress address, int poolSize) {
    return at(url, address, poolSize, Clock.systemUTC());
  }

  /** The same, which tells when rows are old by this clock. */
  public static Database at(
      String url, jangteo.testkit.DatabaseAddress address, int poolSize, Clock clock) {
    Config config =
        Config.just(
            ConfigSources.create(
                Map.of(
                    "url", url,
                    "username", address.username(),
                    "password", address.password(),
                    "owner.username", address.owner(),
                    "pool-size", Integer.toString(poolSize))));
    return Database.create("test", config, clock);
  }

  /** What stands in the table of the tests. */
  static List<Row> shelves(Database database) {
    return database.read(sql -> sql.all("SELECT * FROM shelf ORDER BY id"));
  }
}
