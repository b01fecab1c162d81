package jangteo.aggregate.store;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import jangteo.aggregate.domain.Progress;
import jangteo.aggregate.domain.Source;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * Collection {@code read_models}: how far the read model is, one document with {@code _id} {@code
 * products}. Every instance adds what it knows of its own sources; nothing in it ever goes back.
 *
 * <table>
 * <caption>Fields</caption>
 * <tr><td>{@code partitions.<topic>}</td><td>how many the topic has</td></tr>
 * <tr><td>{@code asOf.<topic>.<partition>}</td><td>the model includes what it held then</td></tr>
 * <tr><td>{@code position.<topic>.<partition>}</td><td>all records before it are applied</td></tr>
 * </table>
 */
public final class ReadModelState {

  private static final String COLLECTION = "read_models";
  private static final Bson MODEL = Filters.eq("products");
  private static final UpdateOptions UPSERT = new UpdateOptions().upsert(true);

  private final MongoCollection<Document> models;

  /** Kept in this database. */
  public ReadModelState(MongoDatabase database) {
    this.models = database.getCollection(COLLECTION);
  }

  /**
   * Adds what is known of some sources.
   *
   * @param partitions how many each topic has, of all topics
   */
  public void write(Map<String, Integer> partitions, Map<Source, Progress.Reached> sources) {
    List<Bson> updates = new ArrayList<>();
    partitions.forEach((topic, count) -> updates.add(Updates.set("partitions." + topic, count)));
    sources.forEach(
        (source, reached) -> {
          String place = source.topic() + "." + source.partition();
          updates.add(Updates.max("position." + place, reached.position()));
          reached
              .asOf()
              .ifPresent(time -> updates.add(Updates.max("asOf." + place, Date.from(time))));
        });
    models.updateOne(MODEL, Updates.combine(updates), UPSERT);
  }

  /** Up to where the sources are applied, those of all instances. */
  public Map<Source, Long> positions() {
    Map<Source, Long> positions = new HashMap<>();
    Document model = models.find(MODEL).first();
    if (model != null) {
      Document topics = model.get("position", new Document());
      topics.forEach(
          (topic, partitions) ->
              ((Document) partitions)
                  .forEach(
                      (partition, position) ->
                          positions.put(
                              new Source(topic, Integer.parseInt(partition)), (Long) position)));
    }
    return positions;
  }
}
