package jangteo.search.words;

import jangteo.chassis.text.TextAnalysis.Placed;
import jangteo.search.domain.Highlights;
import jangteo.search.domain.Highlights.Span;
import jangteo.search.domain.Product;
import jangteo.search.domain.Word;
import jangteo.search.domain.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds in a product's texts why it was found: the words that were typed, their inflections, their
 * other spellings.
 */
public final class Highlighter {

  private final AnalysedTexts texts;
  private final Words words;

  /** Of these words. */
  public Highlighter(AnalysedTexts texts, Words words) {
    this.texts = texts;
    this.words = words;
  }

  /** Where they stand. */
  public Highlights of(Product product) {
    return new Highlights(
        spans(product.name()), spans(product.brand()), spans(product.description()));
  }

  /** The parts of one text, in order and apart from each other. */
  List<Span> spans(String shown) {
    List<Placed> placed = texts.placed(shown);
    Set<String> there = placed.stream().map(Placed::term).collect(Collectors.toSet());
    List<Placed> found = new ArrayList<>();
    for (Word word : words.words()) {
      List<Placed> itsTerms =
          placed.stream().filter(term -> standsFor(word, term.term(), there)).toList();
      found.addAll(itsTerms);
      if (itsTerms.isEmpty()) {
        word.hangul().forEach(form -> found.addAll(texts.standing(shown, form.syllables())));
      }
    }
    return merged(found);
  }

  /** A spelling of several terms is there only when all of them are. */
  private static boolean standsFor(Word word, String term, Set<String> there) {
    return word.spellings().stream()
            .anyMatch(spelling -> spelling.contains(term) && there.containsAll(spelling))
        || (!word.beginning().isEmpty() && term.startsWith(word.beginning()));
  }

  private static List<Span> merged(List<Placed> found) {
    List<Span> spans = new ArrayList<>();
    found.stream()
        .sorted(Comparator.comparingInt(Placed::from))
        .forEach(
            next -> {
              boolean touches = !spans.isEmpty() && next.from() <= spans.getLast().to();
              int from = touches ? spans.getLast().from() : next.from();
              int to = touches ? Math.max(spans.removeLast().to(), next.to()) : next.to();
              spans.add(new Span(from, to));
            });
    return spans;
  }
}
