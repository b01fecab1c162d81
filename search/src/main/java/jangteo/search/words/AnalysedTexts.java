package jangteo.search.words;

import jangteo.chassis.text.TextAnalysis;
import jangteo.chassis.text.TextAnalysis.Placed;
import java.util.List;

/**
 * The analysis of texts that are shown again and again: the products that many look for come in
 * many answers, and finding out what to highlight costs more than finding the product.
 */
public final class AnalysedTexts {

  private static final int REMEMBERED = 5_000;

  /** Longer ones would fill the memory. */
  private static final int LENGTH = 500;

  private final TextAnalysis text;
  private final Recent<String, List<Placed>> recent = new Recent<>(REMEMBERED);

  /** By this analysis. */
  public AnalysedTexts(TextAnalysis text) {
    this.text = text;
  }

  /** As {@link TextAnalysis#placed}. */
  List<Placed> placed(String shown) {
    return recent.find(shown).orElseGet(() -> analyse(shown));
  }

  private List<Placed> analyse(String shown) {
    List<Placed> placed = List.copyOf(text.placed(shown));
    if (shown.length() <= LENGTH) {
      recent.put(shown, placed);
    }
    return placed;
  }

  /** As {@link TextAnalysis#standing}. */
  List<Placed> standing(String shown, String hangul) {
    return text.standing(shown, hangul);
  }
}
