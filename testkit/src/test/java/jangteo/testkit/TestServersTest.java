package jangteo.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.net.URI;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;

class TestServersTest {

  @Test
  void eachDatabaseIsFreshAndItsOwnerMayMigrateIt() throws Exception {
    DatabaseAddress one = TestServers.database("item");
    DatabaseAddress other = TestServers.database("item");

    assertThat(one.url()).isNotEqualTo(other.url());
    try (var owner = DriverManager.getConnection(one.url(), one.owner(), one.password());
        var user = DriverManager.getConnection(one.url(), one.username(), one.password())) {
      owner.createStatement().execute("CREATE TABLE t (id BIGINT PRIMARY KEY)");
      user.createStatement().execute("INSERT INTO t VALUES (1)");
      owner.createStatement().execute("ALTER TABLE t ADD COLUMN name VARCHAR(10)");
    }
  }

  @Test
  void theOtherServersAcceptConnections() throws Exception {
    for (String uri :
        new String[] {
          "kafka://" + TestServers.kafka(), TestServers.mongo("search"), TestServers.redis()
        }) {
      URI address = URI.create(uri);
      try (Socket socket =
          new Socket(java.net.InetAddress.getByName(address.getHost()), address.getPort())) {
        assertThat(socket.isConnected()).isTrue();
      }
    }
  }

  @Test
  void prefixesDiffer() {
    assertThat(TestServers.prefix()).isNotEqualTo(TestServers.prefix()).matches("t[a-z0-9]+-");
  }
}
