package jangteo.search.store;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import jangteo.chassis.Part;
import jangteo.chassis.StopSignal;
import jangteo.search.domain.Dimension;
import jangteo.search.domain.Tally;
import jangteo.search.words.Recent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The counts of results that are too large to be counted while somebody waits: they are made in the
 * background, one after the other, kept, and made anew when somebody asks and they have grown old.
 *
 * <p>How old follows from how long the counting takes, so that it stays a small part of what the
 * database does: what takes 50 ms is at most a second old, what takes five seconds, two minutes.
 * After each count as much time is left to others as it took. The whole catalogue is counted at the
 * start, before anybody asks.
 */
public final class BroadCounts implements Part {

  private static final Logger LOG = LoggerFactory.getLogger(BroadCounts.class);

  private static final int KEPT = 300;
  private static final int WAITING = 50;
  private static final int TIMES_AS_OLD = 20;
  private static final Duration YOUNG = Duration.ofSeconds(1);
  private static final Duration OLD = Duration.ofMinutes(5);

  /** Older counts are not shown: nobody had asked for so long. */
  private static final Duration TOO_OLD = Duration.ofMinutes(15);

  private static final Duration LOOK = Duration.ofMillis(50);
  private static final Duration STOP = Duration.ofSeconds(5);

  private final MongoCollection<Document> products;
  private final FacetCounts facets;
  private final Clock clock;
  private final Recent<Wanted, Known> known = new Recent<>(KEPT);
  private final Set<Wanted> waiting = new LinkedHashSet<>(Set.of(Wanted.ALL));
  private final StopSignal stopping = new StopSignal();
  private final Thread thread = Thread.ofVirtual().name("broad-counts").unstarted(this::run);

  /** Of the products in this database, whose time limit is that of one count. */
  public BroadCounts(MongoDatabase database, Clock clock) {
    this.products = database.getCollection("products");
    this.facets = new FacetCounts(database);
    this.clock = clock;
  }

  /**
   * What is known of a result.
   *
   * @param tally empty when it took too long
   */
  private record Known(Optional<Tally> tally, Instant at, Duration took) {

    Instant oldAfter() {
      Duration age = took.multipliedBy(TIMES_AS_OLD);
      return at.plus(age.compareTo(YOUNG) < 0 ? YOUNG : age.compareTo(OLD) > 0 ? OLD : age);
    }
  }

  /** The counts of this result, when it is known to be a large one. */
  Optional<Tally> find(Wanted wanted) {
    Optional<Known> found = known.find(wanted);
    Instant now = clock.instant();
    if (found.isPresent() && found.get().oldAfter().isBefore(now)) {
      enqueue(wanted);
    }
    return found.filter(its -> its.at().plus(TOO_OLD).isAfter(now)).flatMap(Known::tally);
  }

  /** Has this result, which is a large one, counted soon. */
  void ask(Wanted wanted) {
    if (known.find(wanted).isEmpty()) {
      enqueue(wanted);
    }
  }

  /** Counts what has waited longest; how long that took, when there was something. */
  Optional<Duration> countOne() {
    Optional<Wanted> next = next();
    if (next.isEmpty()) {
      return Optional.empty();
    }
    Instant begun = clock.instant();
    Optional<Tally> tally = Optional.empty();
    try {
      tally = Optional.of(count(next.get(), begun));
    } catch (RuntimeException e) {
      if (!stopping.given()) {
        LOG.warn("a large result could not be counted", e);
      }
    }
    Duration took = Duration.between(begun, clock.instant());
    boolean small = tally.isPresent() && tally.get().total() <= Search.AT_ONCE;
    if (small) {
      known.forget(next.get());
    } else {
      known.put(next.get(), new Known(tally, begun, took));
    }
    return Optional.of(took);
  }

  private Tally count(Wanted wanted, Instant at) {
    Document counts;
    if (withoutDocuments(wanted)) {
      counts = byIndex(wanted, EnumSet.of(Dimension.PRICE));
      counts.putAll(byIndex(wanted, EnumSet.of(Dimension.RATING)));
      counts.putAll(facet(wanted, EnumSet.of(Dimension.SELLER)));
      counts.putAll(byIndex(wanted, EnumSet.of(Dimension.CATEGORY, Dimension.BRAND)));
    } else {
      counts = facet(wanted, EnumSet.allOf(Dimension.class));
    }
    return new Tally(FacetCounts.total(counts), facets.facets(counts), true, Optional.of(at));
  }

  /** Whether an index holds all that the counts need, but for the sellers. */
  private static boolean withoutDocuments(Wanted wanted) {
    return wanted.words().isEmpty()
        && wanted.filter().category().isEmpty()
        && wanted.filter().sellerId().isEmpty();
  }

  /**
   * Counts the values first, and then the dimensions by the values: the first is what the database
   * is quickest at, and leaves few documents to the second.
   */
  private Document byIndex(Wanted wanted, Set<Dimension> dimensions) {
    Document values = new Document();
    Document fields = new Document("count", 1);
    for (Dimension dimension : dimensions) {
      values.append(dimension.name(), "$" + FacetCounts.field(dimension));
      fields.append(FacetCounts.field(dimension), "$_id." + dimension.name());
    }
    return first(
        List.of(
            new Document("$match", wanted.query()),
            new Document(
                "$group", new Document("_id", values).append("count", new Document("$sum", 1))),
            new Document("$project", fields),
            new Document("$facet", FacetCounts.stages(dimensions, "$count"))));
  }

  private Document facet(Wanted wanted, Set<Dimension> dimensions) {
    return first(
        List.of(
            new Document("$match", wanted.query()),
            new Document("$facet", FacetCounts.stages(dimensions))));
  }

  private Document first(List<Document> stages) {
    Document counts = products.aggregate(stages).first();
    return counts == null ? new Document() : counts;
  }

  private synchronized void enqueue(Wanted wanted) {
    if (waiting.size() < WAITING) {
      waiting.add(wanted);
    }
  }

  private synchronized Optional<Wanted> next() {
    Optional<Wanted> next = waiting.stream().findFirst();
    next.ifPresent(waiting::remove);
    return next;
  }

  @Override
  public String name() {
    return "broad-counts";
  }

  @Override
  public void start() {
    thread.start();
  }

  /** Nobody waits for the count at hand. */
  @Override
  public void stop() {
    stopping.give();
    thread.interrupt();
    try {
      thread.join(STOP);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    Duration pause = Duration.ZERO;
    while (!stopping.givenWithin(pause)) {
      pause = countOne().filter(took -> took.compareTo(LOOK) > 0).orElse(LOOK);
    }
  }
}
