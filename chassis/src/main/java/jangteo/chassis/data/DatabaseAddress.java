package jangteo.chassis.data;

import io.helidon.config.Config;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/**
 * Where a service's schema is and who asks for it.
 *
 * @param url a JDBC URL that ends in the schema's name
 * @param username the schema's own user
 * @param password may be empty
 */
record DatabaseAddress(String url, String username, String password) {

  /**
   * Every session's settings: UTC, and five seconds until a lock wait gives up (error 1205,
   * retried) instead of InnoDB's fifty.
   */
  static final String SESSION = "SET time_zone = '+00:00', innodb_lock_wait_timeout = 5";

  static DatabaseAddress of(Config db) {
    return new DatabaseAddress(
        db.get("url").asString().get(),
        db.get("username").asString().get(),
        db.get("password").asString().orElse(""));
  }

  /**
   * The same schema as who may change its tables: {@code owner.username}, or the schema's own user
   * where none is named.
   */
  static DatabaseAddress ofOwner(Config db) {
    DatabaseAddress own = of(db);
    Config owner = db.get("owner");
    return owner
        .get("username")
        .asString()
        .filter(name -> !name.isBlank())
        .map(
            name -> new DatabaseAddress(own.url, name, owner.get("password").asString().orElse("")))
        .orElse(own);
  }

  /** The schema's name, the last part of the URL's path. */
  String schema() {
    String path = URI.create(url.substring("jdbc:".length())).getPath();
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** The same names in MariaDB's driver and in Connector/J; milliseconds. */
  Properties driverProperties() {
    Properties properties = new Properties();
    properties.setProperty("connectTimeout", "2000");
    properties.setProperty("socketTimeout", "15000");
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("connectionTimeZone", "UTC");
    properties.setProperty("preserveInstants", "true");
    return properties;
  }

  /** A connection outside the pool, READ COMMITTED and auto-commit; the caller closes it. */
  Connection connect() throws SQLException {
    Properties properties = driverProperties();
    properties.setProperty("user", username);
    properties.setProperty("password", password);
    Connection connection = DriverManager.getConnection(url, properties);
    try (var statement = connection.createStatement()) {
      statement.execute(SESSION);
      connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  @Override
  public String toString() {
    return url + " as " + username;
  }
}
