package jangteo.item.api;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import jangteo.chassis.data.Database;
import jangteo.item.domain.Category;
import jangteo.item.store.CategoryStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The tree of categories with how many products each has, for anybody. Counting reads an index of
 * all products, so that it is done now and then and by one request for all that wait.
 */
public final class CategoriesApi implements HttpService {

  private final Database database;
  private final CategoryStore categories;
  private final Duration countEvery;
  private final Clock clock;
  private final ReentrantLock counting = new ReentrantLock();
  private volatile Counted last = new Counted(Instant.MIN, List.of());

  private record Counted(Instant at, List<Category> tree) {}

  record Tree(List<Category> categories) {}

  /**
   * Tells categories.
   *
   * @param countEvery how old what is told may be
   */
  public CategoriesApi(
      Database database, CategoryStore categories, Duration countEvery, Clock clock) {
    this.database = database;
    this.categories = categories;
    this.countEvery = countEvery;
    this.clock = clock;
  }

  @Override
  public void routing(HttpRules rules) {
    rules.get("/api/v1/categories", this::tree);
  }

  private void tree(ServerRequest request, ServerResponse response) {
    response.header(HeaderNames.CACHE_CONTROL, "max-age=" + countEvery.toSeconds());
    response.send(new Tree(counted()));
  }

  private List<Category> counted() {
    if (isFresh()) {
      return last.tree();
    }
    counting.lock();
    try {
      if (!isFresh()) {
        last =
            new Counted(
                clock.instant(), Category.tree(database.read(sql -> categories.counts(sql))));
      }
      return last.tree();
    } finally {
      counting.unlock();
    }
  }

  private boolean isFresh() {
    return last.at().isAfter(clock.instant().minus(countEvery));
  }
}
