package jangteo.order.store;

import static com.mongodb.client.model.Filters.in;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.codecs.pojo.annotations.BsonId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What members and shops are called; the collection {@code members}. Orders carry ids alone and are
 * joined with it when they are read, so that an erased member's name is gone at once.
 */
public final class MemberNames {
  private static final Logger LOG = LoggerFactory.getLogger(MemberNames.class);

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

  /** How long an answer waits for names, in milliseconds. */
  private static final long PATIENCE = 250;

  /** How long a name that another instance has heard to be gone may still be shown. */
  private static final Duration REMEMBERED = Duration.ofSeconds(5);

  private static final int AT_MOST = 10_000;

  private final MongoCollection<Names> members;
  private final Cache<Long, Names> recent =
      Caffeine.newBuilder().maximumSize(AT_MOST).expireAfterWrite(REMEMBERED).build();

  /** The collection of this database. */
  public MemberNames(MongoDatabase database) {
    this.members = database.getCollection("members", Names.class);
  }

  /** Writes these in one round trip, each unless a newer one is there. */
  public void write(Collection<Names> changed) {
    NewerOnly.write(members, changed);
    changed.forEach(names -> recent.invalidate(names.id()));
  }

  /**
   * The names of those of these members that are known; when MongoDB does not answer within a
   * quarter of a second, of those that were asked for in the last seconds.
   */
  public Map<Long, Names> of(Collection<Long> memberIds) {
    Map<Long, Names> found = new HashMap<>(recent(memberIds));
    List<Long> others = memberIds.stream().filter(id -> !found.containsKey(id)).toList();
    if (!others.isEmpty()) {
      try {
        members
            .withTimeout(PATIENCE, MILLISECONDS)
            .find(in("_id", others))
            .forEach(
                names -> {
                  found.put(names.id(), names);
                  recent.put(names.id(), names);
                });
      } catch (MongoTimeoutException | MongoSocketException e) {
        LOG.debug("Names of {} are left out: {}", others, e.getMessage());
      }
    }
    return found;
  }

  /** Those of these names that were asked for in the last seconds; MongoDB is not asked. */
  public Map<Long, Names> recent(Collection<Long> memberIds) {
    return recent.getAllPresent(memberIds);
  }
}
