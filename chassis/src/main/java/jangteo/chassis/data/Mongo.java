package jangteo.chassis.data;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.ReadConcern;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import io.helidon.config.Config;
import jangteo.chassis.Part;
import jangteo.chassis.Readiness;
import jangteo.chassis.StopSignal;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.bson.UuidRepresentation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service's own MongoDB database.
 *
 * <p>Writes are acknowledged by the majority. It starts without its server and is ready while the
 * server answers. A call waits at most two seconds for a server; then the driver throws, which
 * {@link Outages} recognises and the service answers with 503 and {@code Retry-After}.
 */
public final class Mongo implements Part {

  private static final Logger LOG = LoggerFactory.getLogger(Mongo.class);
  private static final Duration PING = Duration.ofSeconds(1);

  /** A server that swallows what it is sent is away, and must be found so soon. */
  private static final Duration PROMPTLY = Duration.ofSeconds(2);

  private final MongoClient client;
  private final MongoDatabase database;
  private final StopSignal stopping = new StopSignal();
  private final Thread thread =
      Thread.ofPlatform().daemon().name("mongo-ping").unstarted(this::run);
  private volatile Readiness readiness = Readiness.no("MongoDB has not answered yet");

  private Mongo(MongoClient client, String name) {
    this.client = client;
    this.database = client.getDatabase(name);
  }

  /**
   * The database that the configuration names.
   *
   * @param service the service's name, which the server's logs show
   * @param mongo the configuration node {@code mongo}: uri, which ends in the database's name
   */
  public static Mongo create(String service, Config mongo) {
    ConnectionString uri = new ConnectionString(mongo.get("uri").asString().get());
    String database = uri.getDatabase();
    if (database == null) {
      throw new IllegalArgumentException("mongo.uri names no database: " + uri);
    }
    MongoClientSettings settings =
        MongoClientSettings.builder()
            .applyConnectionString(uri)
            .applicationName(service)
            .uuidRepresentation(UuidRepresentation.STANDARD)
            .readConcern(ReadConcern.MAJORITY)
            .writeConcern(WriteConcern.MAJORITY.withWTimeout(5, TimeUnit.SECONDS))
            .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(2, TimeUnit.SECONDS))
            .applyToSocketSettings(
                socket ->
                    socket.connectTimeout(2, TimeUnit.SECONDS).readTimeout(15, TimeUnit.SECONDS))
            .applyToConnectionPoolSettings(
                pool -> pool.maxSize(20).maxWaitTime(2, TimeUnit.SECONDS))
            .applyToServerSettings(server -> server.heartbeatFrequency(1, TimeUnit.SECONDS))
            .build();
    return new Mongo(MongoClients.create(settings), database);
  }

  /** The database, with the driver's own interface; it may be kept. */
  public MongoDatabase database() {
    return database;
  }

  @Override
  public String name() {
    return "mongo";
  }

  @Override
  public void start() {
    thread.start();
  }

  @Override
  public void stop() {
    stopping.give();
    thread.interrupt();
    client.close();
  }

  @Override
  public Readiness readiness() {
    return readiness;
  }

  private void run() {
    Document ping = new Document("ping", 1);
    MongoDatabase promptly = database.withTimeout(PROMPTLY.toMillis(), TimeUnit.MILLISECONDS);
    do {
      try {
        promptly.runCommand(ping);
        readiness = Readiness.yes();
      } catch (RuntimeException e) {
        if (readiness.ready() && !stopping.given()) {
          LOG.warn("MongoDB does not answer: {}", e.getMessage());
        }
        readiness = Readiness.no("MongoDB does not answer");
      }
    } while (!stopping.givenWithin(PING));
  }
}
