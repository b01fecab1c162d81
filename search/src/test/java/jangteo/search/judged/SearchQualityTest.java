package jangteo.search.judged;

import static org.assertj.core.api.Assertions.assertThat;

import jangteo.search.judged.JudgedList.Query;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * How good the answers are: NDCG@10 over the judged list, beside MongoDB's own text search on the
 * same data. The table is printed; asserted is only what no change of a figure would turn round.
 */
final class SearchQualityTest {

  private static final List<Query> QUERIES = JudgedList.queries();
  private static final String OURS = "search";
  private static final String WITHOUT_SYNONYMS = "no synonyms";

  private static JudgedCatalogue catalogue;
  private static Map<String, Map<Query, Double>> measured;

  @BeforeAll
  static void measure() {
    catalogue = new JudgedCatalogue();
    Map<String, Function<String, List<Long>>> searches = new LinkedHashMap<>();
    searches.put(OURS, catalogue.search(true));
    searches.put(WITHOUT_SYNONYMS, catalogue.search(false));
    Document weights = new Document("name", 10).append("brand", 5).append("category", 5);
    searches.put("$text english", catalogue.plainText("english", "english", weights));
    searches.put("$text none", catalogue.plainText("none", "none", weights));
    measured = new LinkedHashMap<>();
    searches.forEach(
        (name, search) -> {
          Map<Query, Double> each = new LinkedHashMap<>();
          for (Query query : QUERIES) {
            each.put(query, query.ndcgAt10(search.apply(query.text()), catalogue.articles()));
          }
          measured.put(name, each);
        });
    print();
  }

  @AfterAll
  static void close() {
    catalogue.close();
  }

  @Test
  void theListIsLargeEnoughAndEachQueryHasAnAnswer() {
    assertThat(catalogue.articles()).hasSizeGreaterThanOrEqualTo(2_000);
    assertThat(QUERIES).hasSizeGreaterThanOrEqualTo(100).doesNotHaveDuplicates();
    assertThat(QUERIES)
        .allSatisfy(
            query ->
                assertThat(catalogue.articles().values())
                    .anyMatch(article -> query.grade(article) == 3));
  }

  @Test
  void theCatalogueIsTheOneThatIsWritten() {
    assertThat(JudgedList.text("catalogue.tsv")).isEqualTo(CatalogueWriter.write());
  }

  @Test
  void searchIsBetterThanPlainTextSearch() {
    double plain = Math.max(mean("$text english"), mean("$text none"));
    assertThat(mean(OURS)).isGreaterThan(plain + 0.15).isGreaterThan(0.85);
    assertThat(mean(WITHOUT_SYNONYMS)).isGreaterThan(plain + 0.05);
  }

  private static double mean(String search) {
    return mean(measured.getOrDefault(search, Map.of()).values().stream().toList());
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
  }

  private static void print() {
    Map<String, List<Query>> kinds = new TreeMap<>();
    for (Query query : QUERIES) {
      String kind = query.kind().split(",", 2)[0];
      kinds.computeIfAbsent(kind, _ -> new ArrayList<>()).add(query);
    }
    StringBuilder table = new StringBuilder("NDCG@10, ").append(QUERIES.size());
    table.append(" queries, ").append(catalogue.articles().size()).append(" products\n");
    table.append("%-26s%8s".formatted("", "queries"));
    measured.keySet().forEach(name -> table.append("%16s".formatted(name)));
    kinds.forEach((kind, queries) -> table.append(line(kind, queries)));
    table.append(line("all", QUERIES)).append("\nThe worst of search:");
    Map<Query, Double> ours = measured.getOrDefault(OURS, Map.of());
    QUERIES.stream()
        .sorted(Comparator.comparing(query -> ours.getOrDefault(query, 0.0)))
        .limit(12)
        .forEach(query -> table.append(line(query.text(), List.of(query))));
    System.out.println(table);
  }

  private static String line(String name, List<Query> queries) {
    StringBuilder line = new StringBuilder("\n%-26s%8d".formatted(name, queries.size()));
    measured
        .values()
        .forEach(
            values ->
                line.append("%16.3f".formatted(mean(queries.stream().map(values::get).toList()))));
    return line.toString();
  }
}
