package jangteo.aggregate.store;

import com.mongodb.MongoNamespace;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.RenameCollectionOptions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bson.Document;

/**
 * The collections of one read model of the catalogue: the live one, or one that is being built
 * beside it.
 *
 * @param building the rebuild's id; empty for the live one
 */
public record ReadModel(Optional<String> building) {

  /** The one that search reads. */
  public static final ReadModel LIVE = new ReadModel(Optional.empty());

  private static final String PRODUCTS = "products";
  private static final String SELLERS = "sellers";
  private static final String GRAVES = "listing_graves";

  /** The products last: with them, readers see all that is new. */
  private static final List<String> ALL = List.of(SELLERS, GRAVES, PRODUCTS);

  private static final String MARK = ".rebuild-";

  /** One that is being built. */
  public static ReadModel building(String rebuildId) {
    return new ReadModel(Optional.of(rebuildId));
  }

  String products() {
    return named(PRODUCTS);
  }

  String sellers() {
    return named(SELLERS);
  }

  String graves() {
    return named(GRAVES);
  }

  /** Removes what is there of it. */
  void drop(MongoDatabase database) {
    ALL.forEach(name -> database.getCollection(named(name)).drop());
  }

  /**
   * Puts it in the live one's place, each collection in one step for whoever reads it. Begun again
   * after a failure, it goes on with those that have not moved yet.
   */
  void goLive(MongoDatabase database) {
    Set<String> there = database.listCollectionNames().into(new HashSet<>());
    for (String name : ALL) {
      if (there.contains(named(name))) {
        MongoCollection<Document> built = database.getCollection(named(name));
        built.renameCollection(
            new MongoNamespace(database.getName(), name),
            new RenameCollectionOptions().dropTarget(true));
      }
    }
  }

  /** Those that are being built, or were and are left over. */
  static List<ReadModel> unfinished(MongoDatabase database) {
    List<String> names = database.listCollectionNames().into(new ArrayList<>());
    return names.stream()
        .flatMap(
            name ->
                name.contains(MARK)
                    ? Stream.of(name.substring(name.indexOf(MARK) + MARK.length()))
                    : Stream.empty())
        .distinct()
        .map(ReadModel::building)
        .toList();
  }

  private String named(String name) {
    return building.map(id -> name + MARK + id).orElse(name);
  }
}
