package jangteo.search.store;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import jangteo.search.domain.Counts;
import jangteo.search.domain.Dimension;
import jangteo.search.domain.Facets;
import jangteo.search.domain.Found;
import jangteo.search.domain.Tally;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * Finds and counts with as few looks at the database as it takes (docs/adr/0028).
 *
 * <p>While somebody waits no more than {@value #AT_ONCE} products are counted, or compared by how
 * well they answer words. A result of so many or fewer takes one pass, which gives the page, its
 * size and its facets. Of a larger one the page is read by the index of its order, and the counts
 * are those of {@link BroadCounts}; until these are there, what the products that were looked at
 * say: at least so many.
 */
final class Search {

  /** How many products are looked at while somebody waits. */
  static final int AT_ONCE = 1_000;

  private static final String PAGE = "page";

  /** What the server says of an answer that does not fit into one document. */
  private static final Set<Integer> TOO_LARGE = Set.of(10334, 17419, 17420, 4031700);

  private final MongoCollection<Document> products;
  private final FacetCounts facets;
  private final BroadCounts broad;

  Search(MongoDatabase database, BroadCounts broad) {
    this.products = database.getCollection("products");
    this.facets = new FacetCounts(database);
    this.broad = broad;
  }

  /** A page and what was counted with it. */
  record Answer(Found found, Counts counts) {}

  /** The answer; facets only when they are asked for. */
  Answer find(Wanted wanted, Paging paging, boolean withFacets) {
    Set<Dimension> chosen = wanted.filter().chosen();
    Set<Dimension> counted =
        withFacets ? EnumSet.complementOf(EnumSet.copyOf(chosen)) : EnumSet.noneOf(Dimension.class);
    Optional<Tally> known = broad.find(wanted);
    Optional<List<Document>> page = Optional.empty();
    Tally tally;
    if (known.isPresent()) {
      tally = known.get();
    } else {
      Document looked = lookWithPage(wanted, paging, counted);
      tally = tally(wanted, looked);
      boolean whole = tally.exact() || paging.ordering() == Ordering.SCORE;
      page = Optional.ofNullable(looked.getList(PAGE, Document.class)).filter(_ -> whole);
    }
    Found found = paging.found(page.orElseGet(() -> page(wanted, paging)));
    return new Answer(
        found, withFacets ? counts(wanted, tally, chosen) : counts(tally, Optional.empty()));
  }

  /** Each dimension with a choice is counted as if there were none. */
  private Counts counts(Wanted wanted, Tally tally, Set<Dimension> chosen) {
    Facets all = tally.facets();
    List<Tally> tallies = new ArrayList<>(List.of(tally));
    for (Dimension dimension : chosen) {
      Wanted any = wanted.anyIn(dimension);
      Tally its =
          broad
              .find(any)
              .orElseGet(() -> tally(any, look(any, FacetCounts.stages(Set.of(dimension)))));
      all = all.with(dimension, its.facets());
      tallies.add(its);
    }
    Optional<Instant> oldest =
        tallies.stream().map(Tally::at).flatMap(Optional::stream).min(Instant::compareTo);
    return new Counts(
        tally.total(),
        tally.exact(),
        Optional.of(all),
        tallies.stream().allMatch(Tally::exact),
        oldest);
  }

  private static Counts counts(Tally tally, Optional<Facets> facets) {
    return new Counts(tally.total(), tally.exact(), facets, tally.exact(), tally.at());
  }

  private Tally tally(Wanted wanted, Document looked) {
    long total = FacetCounts.total(looked);
    boolean exact = total <= AT_ONCE;
    if (!exact) {
      broad.ask(wanted);
    }
    return new Tally(Math.min(total, AT_ONCE), facets.facets(looked), exact, Optional.empty());
  }

  private Document lookWithPage(Wanted wanted, Paging paging, Set<Dimension> counted) {
    Document stages = FacetCounts.stages(counted);
    try {
      return look(wanted, new Document(stages).append(PAGE, paging.stages(wanted)));
    } catch (MongoCommandException e) {
      if (!TOO_LARGE.contains(e.getErrorCode())) {
        throw e;
      }
      return look(wanted, stages);
    }
  }

  private Document look(Wanted wanted, Document stages) {
    Document looked =
        products
            .aggregate(
                List.of(
                    new Document("$match", wanted.query()),
                    new Document("$limit", AT_ONCE + 1),
                    new Document("$facet", stages)))
            .first();
    return looked == null ? new Document() : looked;
  }

  private List<Document> page(Wanted wanted, Paging paging) {
    Bson match = new Document("$match", wanted.query());
    Stream<Bson> first =
        paging.ordering() == Ordering.SCORE
            ? Stream.of(match, new Document("$limit", AT_ONCE + 1))
            : Stream.of(match);
    return products
        .aggregate(Stream.concat(first, paging.stages(wanted).stream()).toList())
        .into(new ArrayList<>());
  }
}
