package jangteo.search.store;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import jangteo.search.domain.Dimension;
import jangteo.search.domain.Facets;
import jangteo.search.domain.Facets.PriceRange;
import jangteo.search.domain.Facets.Value;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * Counts a result by dimension, as stages of a {@code $facet}, and reads what they counted.
 *
 * <p>An index holds all that is counted by but the sellers: without these a whole catalogue is
 * counted without reading one document.
 */
final class FacetCounts {

  private static final int VALUES = 20;
  private static final int CATEGORIES = 100;

  /** Beginnings of price ranges, in minor units: small change to luxury in won. */
  private static final List<Long> PRICES =
      List.of(0L, 10_000L, 30_000L, 50_000L, 100_000L, 300_000L, 1_000_000L, Long.MAX_VALUE);

  private static final String TOTAL = "total";

  private final MongoCollection<Document> sellers;

  /** The names of sellers are in this database. */
  FacetCounts(MongoDatabase database) {
    this.sellers = database.getCollection("sellers");
  }

  /** Stages that count the result and these dimensions. */
  static Document stages(Set<Dimension> dimensions) {
    return stages(dimensions, 1);
  }

  /** The same, where each document stands for so many products. */
  static Document stages(Set<Dimension> dimensions, Object each) {
    Document stages = new Document(TOTAL, List.of(grouped(null, each)));
    dimensions.forEach(dimension -> stages.append(dimension.name(), stages(dimension, each)));
    return stages;
  }

  /** The field that a dimension is counted by. */
  static String field(Dimension dimension) {
    return switch (dimension) {
      case CATEGORY -> "product.category";
      case BRAND -> "product.brand";
      case SELLER -> "sellerIds";
      case PRICE -> "priceUp";
      case RATING -> "ratingDown";
    };
  }

  /** How many products went through the stages. */
  static long total(Document counts) {
    return of(counts, TOTAL).stream().mapToLong(FacetCounts::number).sum();
  }

  /** Of the dimensions that were counted; the others are empty. */
  Facets facets(Document counts) {
    return new Facets(
        categories(of(counts, Dimension.CATEGORY.name())),
        values(of(counts, Dimension.BRAND.name())),
        sellers(of(counts, Dimension.SELLER.name())),
        prices(of(counts, Dimension.PRICE.name())),
        ratings(of(counts, Dimension.RATING.name())));
  }

  private static List<Document> of(Document counts, String name) {
    return counts.getList(name, Document.class, List.of());
  }

  private static List<Document> stages(Dimension dimension, Object each) {
    String value = "$" + field(dimension);
    return switch (dimension) {
      case CATEGORY -> List.of(grouped(value, each));
      case BRAND -> commonest(value, each, List.of());
      case SELLER -> commonest(value, each, List.of(new Document("$unwind", value)));
      case PRICE ->
          List.of(
              new Document("$match", Filters.lt(field(dimension), Long.MAX_VALUE)),
              new Document(
                  "$bucket",
                  new Document("groupBy", value)
                      .append("boundaries", PRICES)
                      .append("output", sum(each))));
      case RATING ->
          List.of(
              new Document("$match", Filters.gte(field(dimension), 1)),
              grouped(new Document("$floor", value), each));
    };
  }

  private static List<Document> commonest(String value, Object each, List<Document> before) {
    List<Document> counted =
        List.of(
            grouped(value, each),
            new Document("$match", new Document("_id", new Document("$ne", ""))),
            new Document("$sort", new Document("count", -1).append("_id", 1)),
            new Document("$limit", VALUES));
    return Stream.concat(before.stream(), counted.stream()).toList();
  }

  private static Document grouped(@Nullable Object by, Object each) {
    Document group = new Document("_id", by);
    group.putAll(sum(each));
    return new Document("$group", group);
  }

  private static Document sum(Object each) {
    return new Document("count", new Document("$sum", each));
  }

  /** Each category counts the products of those below it as well, as its filter finds them. */
  private static List<Value> categories(List<Document> counts) {
    Map<String, Long> paths = new HashMap<>();
    for (Document count : counts) {
      String path = count.get("_id", "");
      for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
        paths.merge(path.substring(0, slash), number(count), Long::sum);
      }
      paths.merge(path, number(count), Long::sum);
    }
    paths.remove("");
    return paths.entrySet().stream()
        .map(path -> new Value(path.getKey(), path.getKey(), path.getValue()))
        .sorted(Comparator.comparingLong(Value::count).reversed().thenComparing(Value::value))
        .limit(CATEGORIES)
        .toList();
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
