package jangteo.search.store;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import jangteo.search.domain.Dimension;
import jangteo.search.domain.Facets;
import jangteo.search.domain.Facets.PriceRange;
import jangteo.search.domain.Facets.Value;
import jangteo.search.domain.Filter;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.Document;

/**
 * Counts a result by dimension: one aggregation for the total and all dimensions without a choice,
 * and one more for each dimension with a choice, which is counted as if there were none.
 */
final class FacetCounts {

  private static final int VALUES = 20;

  /** Beginnings of price ranges, in minor units: small change to luxury in won. */
  private static final List<Long> PRICES =
      List.of(0L, 10_000L, 30_000L, 50_000L, 100_000L, 300_000L, 1_000_000L, Long.MAX_VALUE);

  private final MongoCollection<Document> products;
  private final MongoCollection<Document> sellers;
  private final Wanted wanted;

  FacetCounts(MongoDatabase database, Wanted wanted) {
    this.products = database.getCollection("products");
    this.sellers = database.getCollection("sellers");
    this.wanted = wanted;
  }

  /** The whole result's size and facets. */
  record Counted(long total, Facets facets) {}

  Counted count(Filter filter) {
    Set<Dimension> chosen = filter.chosen();
    Map<Dimension, List<Document>> counts = new EnumMap<>(Dimension.class);
    Document stages = new Document("total", List.of(new Document("$count", "count")));
    Stream.of(Dimension.values())
        .filter(dimension -> !chosen.contains(dimension))
        .forEach(dimension -> stages.append(dimension.name(), stages(dimension)));
    Document together = facet(filter, stages);
    for (Dimension dimension : Dimension.values()) {
      Document own =
          chosen.contains(dimension)
              ? facet(filter.anyIn(dimension), new Document(dimension.name(), stages(dimension)))
              : together;
      counts.put(dimension, own.getList(dimension.name(), Document.class));
    }
    long total =
        together.getList("total", Document.class).stream().mapToLong(FacetCounts::number).sum();
    return new Counted(
        total,
        new Facets(
            values(counts.getOrDefault(Dimension.CATEGORY, List.of())),
            values(counts.getOrDefault(Dimension.BRAND, List.of())),
            sellers(counts.getOrDefault(Dimension.SELLER, List.of())),
            prices(counts.getOrDefault(Dimension.PRICE, List.of())),
            ratings(counts.getOrDefault(Dimension.RATING, List.of()))));
  }

  private Document facet(Filter filter, Document stages) {
    Document result =
        products
            .aggregate(
                List.of(
                    new Document("$match", wanted.query(filter)), new Document("$facet", stages)))
            .first();
    return result == null ? new Document() : result;
  }

  private static List<Document> stages(Dimension dimension) {
    return switch (dimension) {
      case CATEGORY -> commonest("$product.category", List.of());
      case BRAND -> commonest("$product.brand", List.of());
      case SELLER -> commonest("$sellerIds", List.of(new Document("$unwind", "$sellerIds")));
      case PRICE ->
          List.of(
              new Document("$match", Filters.lt("priceUp", Long.MAX_VALUE)),
              new Document(
                  "$bucket", new Document("groupBy", "$priceUp").append("boundaries", PRICES)));
      case RATING ->
          List.of(
              new Document("$match", Filters.gte("ratingDown", 1)),
              new Document(
                  "$group",
                  new Document("_id", new Document("$floor", "$ratingDown"))
                      .append("count", new Document("$sum", 1))));
    };
  }

  private static List<Document> commonest(String expression, List<Document> before) {
    List<Document> counted =
        List.of(
            new Document(
                "$group", new Document("_id", expression).append("count", new Document("$sum", 1))),
            new Document("$match", new Document("_id", new Document("$ne", ""))),
            new Document("$sort", new Document("count", -1).append("_id", 1)),
            new Document("$limit", VALUES));
    return Stream.concat(before.stream(), counted.stream()).toList();
  }

  private static List<Value> values(List<Document> counts) {
    return counts.stream()
        .map(count -> new Value(count.getString("_id"), count.getString("_id"), number(count)))
        .toList();
  }

  private List<Value> sellers(List<Document> counts) {
    List<Long> ids = counts.stream().map(count -> count.getLong("_id")).toList();
    Map<Long, String> names = new HashMap<>();
    if (!ids.isEmpty()) {
      for (Document seller : sellers.find(Filters.in("_id", ids))) {
        names.put(seller.getLong("_id"), seller.get("name", ""));
      }
    }
    return counts.stream()
        .map(
            count -> {
              long id = count.getLong("_id");
              return new Value(Long.toString(id), names.getOrDefault(id, ""), number(count));
            })
        .toList();
  }

  private static List<PriceRange> prices(List<Document> counts) {
    return counts.stream()
        .map(
            count -> {
              long from = count.getLong("_id");
              long next = PRICES.get(PRICES.indexOf(from) + 1);
              return new PriceRange(from, next == Long.MAX_VALUE ? next : next - 1, number(count));
            })
        .toList();
  }

  /** From exact stars to "this many and more". */
  private static List<Value> ratings(List<Document> counts) {
    return IntStream.iterate(4, stars -> stars >= 1, stars -> stars - 1)
        .mapToObj(
            stars -> {
              long atLeast =
                  counts.stream()
                      .filter(count -> count.getDouble("_id") >= stars)
                      .mapToLong(FacetCounts::number)
                      .sum();
              String value = Integer.toString(stars);
              return new Value(value, value, atLeast);
            })
        .filter(value -> value.count() > 0)
        .toList();
  }

  private static long number(Document count) {
    return count.get("count", Number.class).longValue();
  }
}
