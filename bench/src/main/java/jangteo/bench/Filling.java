package jangteo.bench;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Sorts;
import jangteo.aggregate.domain.Change;
import jangteo.aggregate.store.NewCatalogue;
import jangteo.aggregate.store.ReadModel;
import jangteo.chassis.text.TextAnalysis;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bson.Document;

/**
 * Puts a made catalogue into MongoDB as a rebuild of the aggregate service does, by its own
 * classes: so the documents are exactly those that search reads in the shop.
 */
final class Filling {

  private static final int AT_ONCE = 500;
  private static final int ROUND = 20_000;

  private final MongoDatabase database;
  private final NewCatalogue documents;
  private final MadeCatalogue made = new MadeCatalogue();

  Filling(MongoDatabase database) {
    this.database = database;
    this.documents = new NewCatalogue(database, ReadModel.LIVE, new TextAnalysis());
  }

  /** Adds what is missing of this many products, and the indexes; what is there stays. */
  void upTo(long products) throws InterruptedException, ExecutionException {
    long begun = System.nanoTime();
    long from = there();
    documents.remember(made.sellers());
    int threads = Runtime.getRuntime().availableProcessors();
    try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
      // Round by round: what a killed run left behind has no holes.
      for (long at = from; at < products; at += ROUND) {
        List<Future<?>> round = new ArrayList<>();
        for (long some = at; some < Math.min(products, at + ROUND); some += AT_ONCE) {
          long first = some;
          long end = Math.min(products, Math.min(at + ROUND, some + AT_ONCE));
          round.add(workers.submit(() -> write(first, end)));
        }
        for (Future<?> done : round) {
          done.get();
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        long written = Math.min(products, at + ROUND);
        System.out.printf("%,d products (%.0f/s)%n", written, (written - from) / seconds);
      }
    }
    long indexing = System.nanoTime();
    documents.index();
    System.out.printf("indexed in %.1f s%n", (System.nanoTime() - indexing) / 1e9);
  }

  /** How many are there without a hole: all rounds but the last are whole. */
  private long there() {
    Document last =
        database.getCollection("products").find().sort(Sorts.descending("_id")).limit(1).first();
    return last == null ? 0 : (last.getLong("_id") - MadeCatalogue.FIRST + 1) / ROUND * ROUND;
  }

  private void write(long from, long end) {
    Map<Long, Collection<Change.OfProduct>> some = new HashMap<>();
    for (long number = from; number < end; number++) {
      some.put(MadeCatalogue.FIRST + number, made.product(number));
    }
    documents.write(some);
  }
}
