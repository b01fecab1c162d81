package jangteo.aggregate.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ConnectionString;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import jangteo.aggregate.domain.Change;
import jangteo.aggregate.domain.Changes;
import jangteo.chassis.text.TextAnalysis;
import jangteo.testkit.TestServers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/**
 * Any order, any repetition and any division among writers of the same changes end in the same
 * documents. Each repetition draws its changes from a seed of its own, which a failure names.
 */
final class CatalogueProperties {

  private static final TextAnalysis TEXT = new TextAnalysis();

  private static MongoClient client;
  private static MongoDatabase database;
  private static Catalogue catalogue;

  @BeforeAll
  static void connect() {
    String uri = TestServers.mongo("search");
    client = MongoClients.create(uri);
    database = client.getDatabase(new ConnectionString(uri).getDatabase());
    catalogue = new Catalogue(database, TEXT);
    new Indexes(database).create();
  }

  @AfterAll
  static void close() {
    database.drop();
    client.close();
  }

  @RepeatedTest(30)
  void anyOrderAndRepetitionEndInTheSameDocuments(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    List<Change> history = new History(random).changes(60);
    List<Document> expected = documentsAfter(List.of(history));

    List<Change> shuffled = new ArrayList<>(history);
    shuffled.addAll(history.subList(0, random.nextInt(history.size())));
    Collections.shuffle(shuffled, random);

    assertThat(documentsAfter(polls(shuffled, random)))
        .as("seed %d", repetition.getCurrentRepetition())
        .isEqualTo(expected);
  }

  @RepeatedTest(10)
  void anyNumberOfWritersEndInTheSameDocuments(RepetitionInfo repetition) throws Exception {
    Random random = new Random(1_000 + repetition.getCurrentRepetition());
    List<Change> history = new History(random).changes(80);
    List<Document> expected = documentsAfter(List.of(history));

    clear();
    List<Change> shuffled = new ArrayList<>(history);
    Collections.shuffle(shuffled, random);
    try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> writing = new ArrayList<>();
      for (List<Change> poll : polls(shuffled, random)) {
        writing.add(writers.submit(() -> catalogue.apply(poll)));
      }
      for (Future<?> write : writing) {
        write.get();
      }
    }

    assertThat(documents())
        .as("seed %d", 1_000 + repetition.getCurrentRepetition())
        .isEqualTo(expected);
  }

  /** What a rebuild writes from the newest of each part is what the projection comes to. */
  @RepeatedTest(15)
  void wholeDocumentsAreTheSameAsThoseThatGrew(RepetitionInfo repetition) {
    Random random = new Random(2_000 + repetition.getCurrentRepetition());
    List<Change> history = new History(random).changes(80);
    List<Document> expected = documentsAfter(polls(history, random));

    clear();
    NewCatalogue filling = new NewCatalogue(database, ReadModel.LIVE, TEXT);
    Changes newest = Changes.of(history);
    filling.remember(
        history.stream().filter(change -> !(change instanceof Change.OfProduct)).toList());
    filling.write(newest.byProduct());

    assertThat(documents())
        .as("seed %d", 2_000 + repetition.getCurrentRepetition())
        .isEqualTo(expected);
  }

  private static List<List<Change>> polls(List<Change> changes, Random random) {
    List<List<Change>> polls = new ArrayList<>();
    for (int from = 0; from < changes.size(); ) {
      int to = Math.min(changes.size(), from + 1 + random.nextInt(12));
      polls.add(changes.subList(from, to));
      from = to;
    }
    return polls;
  }

  private static List<Document> documentsAfter(List<List<Change>> polls) {
    clear();
    polls.forEach(catalogue::apply);
    return documents();
  }

  /** A document that lost its only part shows as little as none. */
  private static List<Document> documents() {
    return database
        .getCollection(Indexes.PRODUCTS)
        .find(
            new Document(
                "$nor",
                List.of(
                    new Document("product", new Document("$exists", false))
                        .append("rating", new Document("$exists", false))
                        .append("listings", List.of()))))
        .sort(new Document("_id", 1))
        .into(new ArrayList<>());
  }

  private static void clear() {
    for (String collection : database.listCollectionNames()) {
      database.getCollection(collection).deleteMany(new Document());
    }
  }
}
