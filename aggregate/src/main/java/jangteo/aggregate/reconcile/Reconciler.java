package jangteo.aggregate.reconcile;

import jangteo.aggregate.domain.Difference;
import jangteo.aggregate.domain.Difference.Kind;
import jangteo.aggregate.events.SourceEnds;
import jangteo.aggregate.rebuild.Rebuilder;
import jangteo.aggregate.store.PartDocument;
import jangteo.aggregate.store.ReadModelFacts;
import jangteo.aggregate.store.ReadModelFacts.Sum;
import jangteo.aggregate.store.ReadModelState;
import jangteo.chassis.Part;
import jangteo.chassis.events.Fingerprint;
import jangteo.chassis.web.Problem;
import jangteo.reconcile.v1.FactRange;
import jangteo.reconcile.v1.ProductFacts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.common.errors.RetriableException;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the read model of products against the catalogue that item owns, while both go on
 * (docs/adr/0025).
 *
 * <p>Ranges of ids are compared by their checksums; where these differ the products are. A product
 * that differs is only suspect: item is asked for it and whether all of it has been sent; once what
 * the topics held then has been applied, the document is read; then item is asked once more. What
 * differs from both of item's answers in the same way is certain.
 */
public final class Reconciler implements Part {

  private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);

  /** The topics that item writes. */
  private static final List<String> TOPICS = List.of("products", "listings");

  private static final int LOOKS = 5;
  private static final int PRODUCTS_AT_ONCE = 500;
  private static final int SUSPECTS = 50_000;
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
  private static final Duration ASK_AGAIN = Duration.ofMillis(100);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

  private final ItemFacts item;
  private final ReadModelFacts shown;
  private final Comparison comparison;
  private final SourceEnds ends;
  private final ReadModelState state;
  private final Rebuilder rebuilds;
  private final Clock clock;
  private final Duration patience;
  private final ReentrantLock running = new ReentrantLock();

  /**
   * Between these two.
   *
   * @param patience how long the read model may take to apply what the topics hold
   */
  public Reconciler(
      ItemFacts item,
      ReadModelFacts shown,
      PartDocument parts,
      SourceEnds ends,
      ReadModelState state,
      Rebuilder rebuilds,
      Clock clock,
      Duration patience) {
    this.item = item;
    this.shown = shown;
    this.comparison = new Comparison(parts);
    this.ends = ends;
    this.state = state;
    this.rebuilds = rebuilds;
    this.clock = clock;
    this.patience = patience;
  }

  @Override
  public String name() {
    return "reconciler";
  }

  @Override
  public void stop() {
    ends.close();
  }

  /**
   * Compares everything.
   *
   * @param repair whether what differs is mended
   * @throws jangteo.chassis.web.ProblemException 503 when item, Kafka or MongoDB does not answer,
   *     or the read model is too far behind; 409 during a rebuild, or another reconciliation here
   */
  public Reconciliation run(boolean repair) {
    if (!running.tryLock()) {
      throw Problem.conflict("A reconciliation is under way.").exception();
    }
    try {
      if (rebuilds.active().isPresent()) {
        throw Problem.conflict("A rebuild is under way.").exception();
      }
      return reconcile(repair);
    } catch (RetriableException e) {
      LOG.warn("The reconciliation was given up", e);
      throw unavailable("The reconciliation needs Kafka, which does not answer.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("The service is stopping.");
    } finally {
      running.unlock();
    }
  }

  private Reconciliation reconcile(boolean repair) throws InterruptedException {
    Instant began = clock.instant();
    long start = System.nanoTime();
    Overview overview = new Overview();
    long after = Long.MIN_VALUE;
    while (after < Long.MAX_VALUE) {
      for (FactRange range : item.ranges(after)) {
        overview.add(range);
        after = range.getLastProductId();
      }
    }
    Looks looks = new Looks();
    looks.settle(overview.suspects);
    looks.certain.forEach(Reconciler::log);
    List<Difference> left = looks.certain;
    long moving = looks.unsettled.size();
    if (repair && !looks.certain.isEmpty()) {
      repair(looks.certain);
      Looks again = new Looks();
      again.settle(new TreeSet<>(looks.certain.stream().map(Difference::productId).toList()));
      left = again.certain;
      moving += again.unsettled.size();
    }
    return new Reconciliation(
        began,
        Duration.ofNanos(System.nanoTime() - start),
        overview.products,
        overview.listings,
        overview.ranges,
        overview.opened,
        moving,
        looks.certain,
        left);
  }

  /** The first look: checksums, and the ids behind those that differ. */
  private final class Overview {
    private final Set<Long> suspects = new TreeSet<>();
    private long products;
    private long listings;
    private long ranges;
    private long opened;

    void add(FactRange range) {
      ranges++;
      products += range.getProducts();
      listings += range.getListings();
      Map<Long, Sum> sums = shown.sums(range.getAfterProductId(), range.getLastProductId());
      Sum sum = sums.values().stream().reduce(Sum.NOTHING, Sum::plus);
      if (sum.products() != range.getProducts()
          || sum.listings() != range.getListings()
          || sum.checksum().filter(its -> its == range.getChecksum()).isEmpty()) {
        opened++;
        open(range, sums);
      }
      suspects.addAll(shown.wronglyDerived(range.getAfterProductId(), range.getLastProductId()));
      if (suspects.size() > SUSPECTS) {
        throw unavailable(
            "More than %,d products differ: rebuild the read model instead.".formatted(SUSPECTS));
      }
    }

    private void open(FactRange range, Map<Long, Sum> sums) {
      Set<Long> unknown = new HashSet<>(sums.keySet());
      for (ProductFacts facts : item.products(range)) {
        long id = facts.getProductId();
        unknown.remove(id);
        if (!sum(facts).equals(sums.get(id))) {
          suspects.add(id);
        }
      }
      unknown.stream().filter(id -> !Sum.NOTHING.equals(sums.get(id))).forEach(suspects::add);
    }
  }

  private static Sum sum(ProductFacts facts) {
    long checksum = facts.hasProduct() ? Fingerprint.of(facts.getProduct()) : 0;
    for (var listing : facts.getListingsList()) {
      checksum += Fingerprint.of(listing);
    }
    return new Sum(facts.hasProduct() ? 1 : 0, facts.getListingsCount(), Optional.of(checksum));
  }

  /** Looks that prove something; what moves is looked at again. */
  private final class Looks {
    private final List<Difference> certain = new ArrayList<>();
    private Set<Long> unsettled = Set.of();

    void settle(Set<Long> suspects) throws InterruptedException {
      unsettled = suspects;
      for (int look = 0; look < LOOKS && !unsettled.isEmpty(); look++) {
        if (look > 0) {
          Thread.sleep(BETWEEN_LOOKS);
        }
        Set<Long> next = new TreeSet<>();
        for (List<Long> ids : inParts(unsettled)) {
          look(ids, next);
        }
        unsettled = next;
      }
    }

    private void look(List<Long> ids, Set<Long> next) throws InterruptedException {
      List<ProductFacts> before = item.products(ids);
      awaitApplied();
      Map<Long, Document> documents = shown.documents(ids);
      Set<Long> wronglyDerived = Set.copyOf(shown.wronglyDerived(ids));
      Map<Long, List<Difference>> differing = new TreeMap<>();
      for (ProductFacts facts : before) {
        long id = facts.getProductId();
        if (facts.getUnsent()) {
          next.add(id);
        } else {
          List<Difference> found = comparison.of(facts, Optional.ofNullable(documents.get(id)));
          if (!found.isEmpty()) {
            differing.put(id, found);
          } else if (wronglyDerived.contains(id)) {
            certain.add(derived(id));
          }
        }
      }
      if (rebuilds.active().isPresent()) {
        next.addAll(differing.keySet());
        return;
      }
      for (ProductFacts facts : item.products(differing.keySet())) {
        long id = facts.getProductId();
        List<Difference> after = comparison.of(facts, Optional.ofNullable(documents.get(id)));
        List<Difference> both =
            differing.getOrDefault(id, List.of()).stream()
                .filter(one -> after.stream().anyMatch(one::sameAs))
                .toList();
        certain.addAll(both);
        if (both.isEmpty()) {
          next.add(id);
        }
      }
    }
  }

  private static Difference derived(long id) {
    return new Difference(
        id, Optional.empty(), Kind.DERIVED, List.of(), Optional.empty(), Optional.empty());
  }

  /** Returns when all that item's topics hold now has been applied, by whichever instance. */
  private void awaitApplied() throws InterruptedException {
    var wanted = ends.of(TOPICS);
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      var reached = state.positions();
      if (wanted.entrySet().stream()
          .allMatch(place -> reached.getOrDefault(place.getKey(), 0L) >= place.getValue())) {
        return;
      }
      if (System.nanoTime() > end) {
        throw unavailable("The read model has not applied what its topics hold.");
      }
      Thread.sleep(ASK_AGAIN);
    }
  }

  private void repair(List<Difference> differences) {
    Set<Long> ids = new TreeSet<>(differences.stream().map(Difference::productId).toList());
    for (List<Long> some : inParts(ids)) {
      Map<Long, Document> documents = shown.documents(some);
      Set<Long> products = new TreeSet<>();
      Set<Long> listings = new TreeSet<>();
      for (Difference difference : differences) {
        if (some.contains(difference.productId())) {
          var document = Optional.ofNullable(documents.get(difference.productId()));
          Repair.prepare(shown, difference, document);
          if (difference.kind() != Kind.DERIVED) {
            difference
                .listingId()
                .ifPresentOrElse(listings::add, () -> products.add(difference.productId()));
          }
        }
      }
      listings.remove(0L);
      for (List<Long> part : inParts(products)) {
        item.announce(part, List.of());
      }
      for (List<Long> part : inParts(listings)) {
        item.announce(List.of(), part);
      }
    }
  }

  private static List<List<Long>> inParts(Collection<Long> ids) {
    List<Long> all = List.copyOf(ids);
    List<List<Long>> parts = new ArrayList<>();
    for (int i = 0; i < all.size(); i += PRODUCTS_AT_ONCE) {
      parts.add(all.subList(i, Math.min(all.size(), i + PRODUCTS_AT_ONCE)));
    }
    return parts;
  }

  private static void log(Difference difference) {
    LOG.atError()
        .addKeyValue("productId", difference.productId())
        .addKeyValue("listingId", difference.listingId().orElse(0L))
        .addKeyValue("kind", difference.kind())
        .addKeyValue("fields", difference.fields())
        .log("The read model differs from the catalogue");
  }

  private static RuntimeException unavailable(String detail) {
    return Problem.unavailable(detail, RETRY_AFTER).exception();
  }
}
