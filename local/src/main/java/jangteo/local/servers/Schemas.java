package jangteo.local.servers;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;

/** Schemas and their users on the local MariaDB or MySQL, made as root over loopback. */
public final class Schemas {
  /** A user's name, which is the schema's and at most six letters more, has 32 in MySQL. */
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,25}");

  private static final String ROWS = "SELECT, INSERT, UPDATE, DELETE";
  private static final String TABLES =
      "CREATE, DROP, REFERENCES, INDEX, ALTER, CREATE TEMPORARY TABLES, LOCK TABLES, CREATE VIEW,"
          + " SHOW VIEW, CREATE ROUTINE, ALTER ROUTINE, EXECUTE, EVENT, TRIGGER";

  private Schemas() {}

  /**
   * Makes an utf8mb4 schema and two users without a password, who may do nothing outside it: one of
   * the same name, who reads and writes rows, and its {@linkplain #owner owner}, who may do
   * everything inside it (migrations run as this user). Harmless when they exist.
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
      String tables = "`" + escape(schema) + "`.*";
      for (String host : new String[] {"localhost", "127.0.0.1"}) {
        String user = user(statement, schema, host);
        statement.execute("GRANT " + ROWS + " ON " + tables + " TO " + user);
        // A shop of before had one user for both.
        statement.execute("REVOKE " + TABLES + " ON " + tables + " FROM " + user);
        statement.execute(
            "GRANT ALL PRIVILEGES ON " + tables + " TO " + user(statement, owner(schema), host));
      }
    }
  }

  /** Who may change the tables of that schema. */
  public static String owner(String schema) {
    return schema + "_owner";
  }

  private static String user(Statement statement, String name, String host) throws SQLException {
    String user = "'" + name + "'@'" + host + "'";
    statement.execute("CREATE USER IF NOT EXISTS " + user + " IDENTIFIED BY ''");
    return user;
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
