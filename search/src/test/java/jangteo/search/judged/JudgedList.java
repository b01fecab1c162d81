package jangteo.search.judged;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A catalogue, what shoppers type, and which products they mean by it.
 *
 * <p>A product's facts and a query's wishes are written down by hand and by {@link CatalogueWriter}
 * before any words are chosen; the judgement compares these, and never looks at a text.
 */
final class JudgedList {

  /** What a shopper would look at next when there is not enough of the one. */
  private static final List<Set<String>> ALIKE =
      List.of(
          Set.of("earbuds", "headphones"),
          Set.of("vacuum", "robot-vacuum"),
          Set.of("running-shoes", "sneakers"),
          Set.of("laptop", "tablet"),
          Set.of("tumbler", "mug"),
          Set.of("office-chair", "camping-chair"),
          Set.of("suitcase", "backpack"));

  private JudgedList() {}

  /**
   * A product as its seller describes it.
   *
   * @param facts what it is, whatever the words: features, uses, {@code brand:…}, {@code model:…}
   */
  record Article(
      long id,
      String type,
      Set<String> facts,
      String name,
      String brand,
      String category,
      String description,
      Map<String, String> attributes,
      long price,
      long stock) {}

  /**
   * What a shopper types, and means.
   *
   * @param kind what is hard about it
   * @param types any of these; empty when any type will do
   * @param wishes facts that the product should have
   */
  record Query(String text, String kind, Set<String> types, Set<String> wishes) {

    /**
     * 3: what was meant. 2: but for one wish of several. 1: but for its only wish, or for two of
     * three, or of a type that might do instead. 0: something else.
     */
    int grade(Article article) {
      long missing = wishes.stream().filter(wish -> !article.facts().contains(wish)).count();
      if (types.isEmpty() || types.contains(article.type())) {
        return missing == 0
            ? 3
            : missing == 1 && wishes.size() > 1
                ? 2
                : missing == 1 || (missing == 2 && wishes.size() > 2) ? 1 : 0;
      }
      return missing == 0 && mightDo(article) ? 1 : 0;
    }

    private boolean mightDo(Article article) {
      return ALIKE.stream()
          .anyMatch(
              pair -> pair.contains(article.type()) && pair.stream().anyMatch(types::contains));
    }

    /**
     * The normalised discounted cumulative gain of the first ten answers (gain 2^grade − 1): 1 when
     * no order of the whole catalogue would be better.
     */
    double ndcgAt10(List<Long> answers, Map<Long, Article> catalogue) {
      List<Integer> found = answers.stream().map(id -> grade(catalogue.get(id))).toList();
      List<Integer> best =
          catalogue.values().stream().map(this::grade).sorted(Comparator.reverseOrder()).toList();
      return gain(found) / gain(best);
    }

    private static double gain(List<Integer> grades) {
      double gain = 0;
      for (int i = 0; i < Math.min(10, grades.size()); i++) {
        gain += (Math.pow(2, grades.get(i)) - 1) / (Math.log(i + 2) / Math.log(2));
      }
      return gain;
    }
  }

  static List<Article> catalogue() {
    return rows("catalogue.tsv").stream().map(JudgedList::article).toList();
  }

  static List<Query> queries() {
    return rows("queries.tsv").stream()
        .map(
            row ->
                new Query(
                    row[0],
                    row[1],
                    row[2].equals("*") ? Set.of() : Set.of(row[2].split("\\|")),
                    row[3].isEmpty() ? Set.of() : Set.of(row[3].split(","))))
        .toList();
  }

  /** The file's lines, but for comments, as columns. */
  static List<String[]> rows(String file) {
    return text(file)
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("\t", -1))
        .toList();
  }

  static String text(String file) {
    try (InputStream in = JudgedList.class.getResourceAsStream("/jangteo/search/judged/" + file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is not there");
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Article article(String[] row) {
    Collection<String> facts = new ArrayList<>(List.of(row[3].split(",")));
    facts.add("brand:" + row[2]);
    Map<String, String> attributes = new TreeMap<>();
    if (!row[8].isEmpty()) {
      for (String pair : row[8].split(";", -1)) {
        attributes.put(pair.split("=", 2)[0], pair.split("=", 2)[1]);
      }
    }
    return new Article(
        Long.parseLong(row[0]),
        row[1],
        Set.copyOf(facts),
        row[4],
        row[5],
        row[6],
        row[7],
        attributes,
        Long.parseLong(row[9]),
        Long.parseLong(row[10]));
  }
}
