package jangteo.bench;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bson.Document;

/**
 * What search asks MongoDB, asked by the driver alone: no HTTP, no JSON, no domain. The commands
 * are those that the database's profiler has seen of search.
 */
final class PlainDriver {

  private static final String PROFILE = "system.profile";
  private static final Set<String> OF_SESSION =
      Set.of("lsid", "$db", "$clusterTime", "$readPreference", "maxTimeMS", "readConcern");

  /** What takes longer is done for nobody who waits. */
  private static final int WAITED_FOR_MILLIS = 5_000;

  private final MongoDatabase database;

  PlainDriver(MongoDatabase database) {
    this.database = database;
  }

  /** The commands of a request, as a step to be repeated. */
  Loop.Step commandsOf(Loop.Step request) throws Exception {
    database.getCollection(PROFILE).drop();
    database.runCommand(new Document("profile", 2));
    request.run();
    database.runCommand(new Document("profile", 0));
    List<Document> commands =
        database
            .getCollection(PROFILE)
            .find(
                Filters.and(
                    Filters.eq("appName", "search"),
                    Filters.in(
                        "ns", database.getName() + ".products", database.getName() + ".sellers"),
                    Filters.lte("command.maxTimeMS", WAITED_FOR_MILLIS)))
            .sort(Sorts.ascending("ts"))
            .map(seen -> seen.get("command", Document.class))
            .into(new ArrayList<>());
    commands.forEach(command -> command.keySet().removeAll(OF_SESSION));
    return () -> commands.forEach(database::runCommand);
  }
}
