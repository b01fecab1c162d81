package jangteo.aggregate.store;

import jangteo.chassis.text.TextAnalysis;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The terms of short texts that come again and again, such as brands, categories and the names of
 * sellers: each is analysed once in a while. Safe for many threads.
 */
final class RepeatedTexts {

  /** Texts that are kept: some megabytes at most. When there are more, all are forgotten. */
  private static final int MOST = 5_000;

  /** UTF-16 units; longer ones hardly come twice. */
  private static final int LONGEST = 120;

  private final TextAnalysis text;
  private final Map<String, List<String>> terms = new ConcurrentHashMap<>();
  private final Map<String, List<String>> pairs = new ConcurrentHashMap<>();

  RepeatedTexts(TextAnalysis text) {
    this.text = text;
  }

  /** {@link TextAnalysis#terms}, in order. */
  List<String> terms(String of) {
    List<String> known = terms.get(of);
    return known != null ? known : keep(terms, of, sorted(text.terms(of)));
  }

  /** {@link TextAnalysis#pairs}, in order. */
  List<String> pairs(String of) {
    List<String> known = pairs.get(of);
    return known != null ? known : keep(pairs, of, sorted(text.pairs(of)));
  }

  private static List<String> keep(Map<String, List<String>> in, String of, List<String> found) {
    if (of.length() <= LONGEST) {
      if (in.size() >= MOST) {
        in.clear();
      }
      in.put(of, found);
    }
    return found;
  }

  private static List<String> sorted(Iterable<String> terms) {
    TreeSet<String> sorted = new TreeSet<>();
    terms.forEach(sorted::add);
    return List.copyOf(sorted);
  }
}
