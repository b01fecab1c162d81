package jangteo.order.store;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.codecs.pojo.annotations.BsonId;
import org.bson.conversions.Bson;

/**
 * What members and shops are called; the collection {@code members}. Orders carry ids alone and are
 * joined with it when they are read, so that an erased member's name is gone at once.
 */
public final class MemberNames {

  /**
   * One member.
   *
   * @param version an older one never replaces a newer one; an erased member's is the highest there
   *     is, so that nobody comes back
   * @param name empty when erased
   * @param shopName empty unless the member sells
   */
  public record Names(@BsonId long id, long version, String name, String shopName) {

    /** What is left of a member who was erased. */
    public static Names erased(long memberId) {
      return new Names(memberId, Long.MAX_VALUE, "", "");
    }
  }

  private final MongoCollection<Names> members;

  /** The collection of this database. */
  public MemberNames(MongoDatabase database) {
    this.members = database.getCollection("members", Names.class);
  }

  /** Writes these in one round trip, each unless a newer one is there. */
  public void write(Collection<Names> changed) {
    List<UpdateOneModel<Names>> writes = new ArrayList<>();
    for (Names names : changed) {
      Document known = new Document("$ifNull", List.of("$version", 0L));
      Document literal =
          new Document("_id", names.id())
              .append("version", names.version())
              .append("name", names.name())
              .append("shopName", names.shopName());
      Bson unlessNewer =
          new Document(
              "$replaceWith",
              new Document(
                  "$cond",
                  List.of(
                      new Document("$gte", List.of(known, names.version())),
                      "$$ROOT",
                      new Document("$literal", literal))));
      writes.add(
          new UpdateOneModel<>(
              eq("_id", names.id()), List.of(unlessNewer), new UpdateOptions().upsert(true)));
    }
    if (!writes.isEmpty()) {
      members.bulkWrite(writes, new BulkWriteOptions().ordered(false));
    }
  }

  /** The names of those of these members that are known. */
  public Map<Long, Names> of(Collection<Long> memberIds) {
    Map<Long, Names> found = new HashMap<>();
    members.find(in("_id", memberIds)).forEach(names -> found.put(names.id(), names));
    return found;
  }
}
