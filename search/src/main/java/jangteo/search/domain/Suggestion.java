package jangteo.search.domain;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collector;
import java.util.stream.Collectors;

/**
 * What somebody who types may mean.
 *
 * @param text a product's name
 * @param productId one product of that name
 */
public record Suggestion(String text, long productId) {

  /** Of suggestions with the same text the first alone. */
  public static Collector<Suggestion, ?, List<Suggestion>> distinctTexts() {
    return Collectors.collectingAndThen(
        Collectors.toMap(
            Suggestion::text,
            suggestion -> suggestion,
            (first, second) -> first,
            LinkedHashMap::new),
        (Map<String, Suggestion> byText) -> List.copyOf(byText.values()));
  }
}
