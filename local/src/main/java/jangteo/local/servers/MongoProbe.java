package jangteo.local.servers;

import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.ServerAddress;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.connection.ClusterConnectionMode;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bson.Document;

/**
 * Asks {@code hello}; makes a server without a replica set the only member of one, and moves a set
 * that was made on another port to this one.
 */
record MongoProbe(int port, String replicaSet) implements Probe {
  private static final int LIMIT_MILLIS = 2_000;

  /** {@code AlreadyInitialized}: the data folder has a set, which does not know this address. */
  private static final int ALREADY_INITIALIZED = 23;

  @Override
  public boolean ready() throws IOException {
    // The driver retries and logs for long when nobody listens: look first.
    NetworkProbes.tcp(port).ready();
    try (MongoClient client = MongoClients.create(settings())) {
      MongoDatabase admin = client.getDatabase("admin");
      Document hello = admin.runCommand(new Document("hello", 1));
      if (!hello.containsKey("setName") && !hello.getBoolean("isWritablePrimary", false)) {
        initiate(admin);
        return false;
      }
      return replicaSet.equals(hello.getString("setName"))
          && hello.getBoolean("isWritablePrimary", false);
    } catch (MongoException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private void initiate(MongoDatabase admin) {
    try {
      admin.runCommand(new Document("replSetInitiate", config(1)));
    } catch (MongoCommandException e) {
      if (e.getErrorCode() != ALREADY_INITIALIZED) {
        throw e;
      }
      moveHere(admin);
    }
  }

  /** The set knows its only member by the port of an earlier run. */
  private void moveHere(MongoDatabase admin) {
    Document known = admin.runCommand(new Document("replSetGetConfig", 1));
    int version = known.get("config", Document.class).getInteger("version");
    admin.runCommand(new Document("replSetReconfig", config(version + 1)).append("force", true));
  }

  private Document config(int version) {
    Document member = new Document("_id", 0).append("host", "127.0.0.1:" + port);
    return new Document("_id", replicaSet)
        .append("version", version)
        .append("members", List.of(member));
  }

  private MongoClientSettings settings() {
    return MongoClientSettings.builder()
        .applyToClusterSettings(
            cluster ->
                cluster
                    .hosts(List.of(new ServerAddress("127.0.0.1", port)))
                    .mode(ClusterConnectionMode.SINGLE)
                    .serverSelectionTimeout(LIMIT_MILLIS, TimeUnit.MILLISECONDS))
        .applyToSocketSettings(
            socket ->
                socket
                    .connectTimeout(LIMIT_MILLIS, TimeUnit.MILLISECONDS)
                    .readTimeout(LIMIT_MILLIS, TimeUnit.MILLISECONDS))
        .build();
  }
}
