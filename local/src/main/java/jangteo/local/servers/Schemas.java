package jangteo.local.servers;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;

/** Schemas and their users on the local MariaDB or MySQL, made as root over loopback. */
public final class Schemas {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,31}");

  private Schemas() {}

  /**
   * Makes an utf8mb4 schema and a user of the same name, without a password, who may do everything
   * inside it (migrations run as this user) and nothing outside. Harmless when both exist.
   *
   * @throws SQLException when the server cannot be reached or refuses
   */
  public static void create(int port, String schema) throws SQLException {
    if (!NAME.matcher(schema).matches()) {
      throw new IllegalArgumentException("not a schema name: " + schema);
    }
    try (Connection connection = connect(port);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE DATABASE IF NOT EXISTS `"
              + schema
              + "` CHARACTER SET utf8mb4 COLLATE utf8mb4_bin");
      for (String host : new String[] {"localhost", "127.0.0.1"}) {
        String user = "'" + schema + "'@'" + host + "'";
        statement.execute("CREATE USER IF NOT EXISTS " + user + " IDENTIFIED BY ''");
        statement.execute("GRANT ALL PRIVILEGES ON `" + escape(schema) + "`.* TO " + user);
      }
    }
  }

  /** In a grant {@code _} is a wildcard. */
  private static String escape(String schema) {
    return schema.replace("_", "\\_");
  }

  static Connection connect(int port) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:mariadb://127.0.0.1:"
            + port
            + "/?user=root&connectTimeout=2000&socketTimeout=10000&allowPublicKeyRetrieval=true");
  }
}
