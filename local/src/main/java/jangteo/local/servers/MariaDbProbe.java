package jangteo.local.servers;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Runs a query as root over TCP. */
record MariaDbProbe(int port) implements Probe {

  @Override
  public boolean ready() throws IOException {
    try (Connection connection = Schemas.connect(port);
        Statement statement = connection.createStatement()) {
      return statement.execute("SELECT 1");
    } catch (SQLException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
