package jangteo.search.store;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.Document;

/**
 * Up to when the products include what their sources say, as the aggregate service keeps it in
 * collection {@code read_models}. It is read now and then; between two looks the answer is a little
 * older than it could be, never newer.
 */
public final class AsOf {

  private static final String TIMES = "asOf";

  private final MongoCollection<Document> models;
  private volatile Optional<Instant> time = Optional.empty();

  /** Of the products in this database; nothing is known before the first look. */
  public AsOf(MongoDatabase database) {
    this.models = database.getCollection("read_models");
  }

  /** Looks; there is nothing more to do at once. */
  public boolean look() {
    time = Optional.ofNullable(models.find(Filters.eq("products")).first()).flatMap(AsOf::oldest);
    return false;
  }

  /**
   * Every source is included up to this time; empty while one of them has never been read to its
   * end.
   */
  public Optional<Instant> time() {
    return time;
  }

  private static Optional<Instant> oldest(Document model) {
    Document partitions = model.get("partitions", new Document());
    Document times = model.get(TIMES, new Document());
    Stream<Optional<Instant>> all =
        partitions.entrySet().stream()
            .flatMap(
                topic ->
                    IntStream.range(0, ((Number) topic.getValue()).intValue())
                        .mapToObj(
                            partition ->
                                Optional.ofNullable(
                                        times
                                            .get(topic.getKey(), new Document())
                                            .getDate(Integer.toString(partition)))
                                    .map(date -> date.toInstant())));
    return all.min(Comparator.comparing(time -> time.orElse(Instant.MIN))).flatMap(time -> time);
  }
}
