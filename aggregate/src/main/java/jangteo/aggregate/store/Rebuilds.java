package jangteo.aggregate.store;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Sorts;
import jangteo.aggregate.domain.Rebuild;
import jangteo.aggregate.domain.Rebuild.Stage;
import jangteo.aggregate.domain.Rebuild.State;
import jangteo.aggregate.domain.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * Collection {@code rebuilds}: at most one of them is active. The instance that does it gives a
 * sign of life every few seconds; when that stays away, another one ends it: it fails before the
 * switch, and is carried through after (docs/adr/0024). Times are those of the database's clock.
 */
public final class Rebuilds {

  private static final String NOW = "$$NOW";

  private static final FindOneAndUpdateOptions AFTERWARDS =
      new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER);

  private final MongoDatabase database;
  private final MongoCollection<Document> rebuilds;
  private final Duration silence;

  /**
   * Kept in this database.
   *
   * @param silence how long nothing may be heard of an active rebuild
   */
  public Rebuilds(MongoDatabase database, Duration silence) {
    this.database = database;
    this.rebuilds = database.getCollection("rebuilds");
    this.silence = silence;
  }

  /** Makes the index that lets one alone be active. */
  public void prepare() {
    rebuilds.createIndex(
        new Document("active", 1),
        new IndexOptions().unique(true).partialFilterExpression(new Document("active", true)));
  }

  /** Begins one; empty when one is active. */
  public Optional<Rebuild> begin(String id, String owner, Instant now) {
    try {
      rebuilds.insertOne(
          new Document("_id", id)
              .append("active", true)
              .append("state", State.RUNNING.name())
              .append("stage", Stage.WRITING.name())
              .append("owner", owner)
              .append("startedAt", Date.from(now))
              .append("heardAt", Date.from(now))
              .append("expected", 0L)
              .append("documents", 0L)
              .append("caughtUp", 0L));
    } catch (MongoWriteException e) {
      if (e.getError().getCategory() == ErrorCategory.DUPLICATE_KEY) {
        return Optional.empty();
      }
      throw e;
    }
    heard(id, owner);
    return find(id);
  }

  /** The one of this id. */
  public Optional<Rebuild> find(String id) {
    return Optional.ofNullable(rebuilds.find(Filters.eq(id)).first()).map(Rebuilds::read);
  }

  /** The one that is active. */
  public Optional<Rebuild> active() {
    return Optional.ofNullable(rebuilds.find(Filters.eq("active", true)).first())
        .map(Rebuilds::read);
  }

  /** The latest, the newest first. */
  public List<Rebuild> latest(int size) {
    return rebuilds
        .find()
        .sort(Sorts.descending("startedAt"))
        .limit(size)
        .map(Rebuilds::read)
        .into(new ArrayList<>());
  }

  /** A sign of life; whether the rebuild is still this owner's to do. */
  public boolean heard(String id, String owner) {
    return rebuilds
            .updateOne(
                Filters.and(Filters.eq(id), Filters.eq("owner", owner), Filters.eq("active", true)),
                List.of(new Document("$set", new Document("heardAt", NOW))))
            .getMatchedCount()
        > 0;
  }

  /** What it is at. */
  public void at(String id, Stage stage, long expected, long documents, long caughtUp) {
    rebuilds.updateOne(
        Filters.and(Filters.eq(id), Filters.eq("active", true)),
        new Document(
            "$set",
            new Document("stage", stage.name())
                .append("expected", expected)
                .append("documents", documents)
                .append("caughtUp", caughtUp)));
  }

  /**
   * From here on it is carried through, by whomever.
   *
   * @param positions the new one has all records before them
   * @return false when it was given up meanwhile: then it must not go on
   */
  public boolean switching(String id, Map<Source, Long> positions) {
    List<Document> places =
        positions.entrySet().stream()
            .map(
                place ->
                    new Document("topic", place.getKey().topic())
                        .append("partition", place.getKey().partition())
                        .append("offset", place.getValue()))
            .toList();
    return rebuilds
            .updateOne(
                Filters.and(
                    Filters.eq(id),
                    Filters.eq("state", State.RUNNING.name()),
                    Filters.eq("active", true)),
                new Document(
                    "$set",
                    new Document("state", State.SWITCHING.name())
                        .append("stage", Stage.SWITCHING.name())
                        .append("positions", places)))
            .getMatchedCount()
        > 0;
  }

  /** The places from which the switch has to be made whole. */
  public Map<Source, Long> positions(String id) {
    Map<Source, Long> positions = new HashMap<>();
    Document rebuild = rebuilds.find(Filters.eq(id)).first();
    if (rebuild != null) {
      for (Document place : rebuild.getList("positions", Document.class, List.of())) {
        positions.put(
            new Source(place.getString("topic"), place.getInteger("partition")),
            place.getLong("offset"));
      }
    }
    return positions;
  }

  /** The new one is live, and has all that the old one had. */
  public void done(String id) {
    end(Filters.eq(id), State.DONE, Optional.empty());
  }

  /** It is given up, unless the switch has begun. */
  public void failed(String id, String reason) {
    end(
        Filters.and(Filters.eq(id), Filters.eq("state", State.RUNNING.name())),
        State.FAILED,
        Optional.of(reason));
  }

  private void end(Bson which, State state, Optional<String> reason) {
    Document fields =
        new Document("state", state.name())
            .append("stage", Stage.ENDED.name())
            .append("endedAt", NOW);
    reason.ifPresent(why -> fields.append("reason", new Document("$literal", why)));
    rebuilds.updateOne(
        Filters.and(which, Filters.eq("active", true)),
        List.of(new Document("$set", fields), new Document("$unset", "active")));
  }

  /** Fails one whose owner is silent before its switch. */
  public void failSilent() {
    end(
        Filters.and(Filters.eq("state", State.RUNNING.name()), silent()),
        State.FAILED,
        Optional.of("The instance that did it is gone."));
  }

  /** Takes over one whose owner is silent in its switch. */
  public Optional<Rebuild> takeOver(String owner) {
    return Optional.ofNullable(
            rebuilds.findOneAndUpdate(
                Filters.and(
                    Filters.eq("active", true),
                    Filters.eq("state", State.SWITCHING.name()),
                    silent()),
                List.of(new Document("$set", new Document("owner", owner).append("heardAt", NOW))),
                AFTERWARDS))
        .map(Rebuilds::read);
  }

  private Bson silent() {
    Document since = new Document("$subtract", List.of("$$NOW", silence.toMillis()));
    return new Document("$expr", new Document("$lt", List.of("$heardAt", since)));
  }

  /** Puts what was built in the live one's place. */
  public void goLive(String id) {
    ReadModel.building(id).goLive(database);
  }

  /** Removes what rebuilds left behind that are not active. */
  public void sweep() {
    List<ReadModel> unfinished = ReadModel.unfinished(database);
    if (!unfinished.isEmpty()) {
      Set<String> active = active().stream().map(Rebuild::id).collect(Collectors.toSet());
      unfinished.stream()
          .filter(model -> model.building().filter(active::contains).isEmpty())
          .forEach(model -> model.drop(database));
    }
  }

  private static Rebuild read(Document document) {
    return new Rebuild(
        document.getString("_id"),
        State.valueOf(document.getString("state")),
        Stage.valueOf(document.getString("stage")),
        document.getDate("startedAt").toInstant(),
        Optional.ofNullable(document.getDate("endedAt")).map(Date::toInstant),
        document.getLong("expected"),
        document.getLong("documents"),
        document.getLong("caughtUp"),
        Optional.ofNullable(document.getString("reason")));
  }
}
