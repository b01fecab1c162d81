package jangteo.order.store;

import static com.mongodb.client.model.Filters.in;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.bson.codecs.pojo.annotations.BsonId;

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
    NewerOnly.write(members, changed);
  }

  /** The names of those of these members that are known. */
  public Map<Long, Names> of(Collection<Long> memberIds) {
    Map<Long, Names> found = new HashMap<>();
    members.find(in("_id", memberIds)).forEach(names -> found.put(names.id(), names));
    return found;
  }
}
