package jangteo.search.store;

import jangteo.search.domain.Word;
import jangteo.search.domain.Word.Hangul;
import jangteo.search.domain.Words;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.bson.Document;

/**
 * How well a product answers the words that were typed, as a MongoDB expression.
 *
 * <p>Each word counts by the best place where it stands: in the name, in the brand or category, or
 * anywhere; the last word counts most, for in Korean and in English it says what the thing is. A
 * name that is nothing but the words beats one that also says other things. What can be bought and
 * is well rated goes first among the equally good. The figures were found with the judged list
 * (docs/adr/0023).
 */
final class Relevance {

  private static final double IN_NAME = 10;
  private static final double BEGINS_IN_NAME = 9;
  private static final double PAIRS_IN_NAME = 7;
  private static final double IN_LABELS = 6;
  private static final double ANYWHERE = 2;
  private static final double LAST_WORD = 1.5;
  private static final double WHOLE_NAME = 3;
  private static final double IN_STOCK = 1;
  private static final double PER_STAR = 0.1;

  private Relevance() {}

  static Document score(Words words) {
    List<Object> sum = new ArrayList<>();
    List<Object> each = new ArrayList<>();
    for (int i = 0; i < words.words().size(); i++) {
      boolean last = i == words.words().size() - 1;
      each.add(times(last ? LAST_WORD : 1, worth(words.words().get(i))));
    }
    double weights = words.words().size() - 1 + LAST_WORD;
    sum.add(new Document("$divide", List.of(new Document("$add", each), weights)));
    sum.add(times(WHOLE_NAME, shareOfName(words)));
    sum.add(when("$inStock", IN_STOCK, 0));
    sum.add(times(PER_STAR, "$ratingDown"));
    return new Document("$round", List.of(new Document("$add", sum), 4));
  }

  private static Document worth(Word word) {
    List<Document> branches = new ArrayList<>();
    branches.add(then(anyOf("$product.nameTerms", word), IN_NAME));
    for (Hangul form : word.hangul()) {
      branches.add(then(hasBeginning("$product.beginnings", form.keys()), BEGINS_IN_NAME));
    }
    for (Hangul form : word.hangul()) {
      branches.add(then(has("$terms", form.pairs()), PAIRS_IN_NAME));
    }
    branches.add(then(anyOf("$product.labelTerms", word), IN_LABELS));
    branches.add(then(anyOf("$terms", word), ANYWHERE));
    return new Document("$switch", new Document("branches", branches).append("default", 0));
  }

  private static Document anyOf(String field, Word word) {
    List<Object> either = new ArrayList<>();
    word.spellings().forEach(spelling -> either.add(has(field, spelling)));
    if (!word.beginning().isEmpty()) {
      either.add(hasBeginning(field, word.beginning()));
    }
    return new Document("$or", either);
  }

  private static Document hasBeginning(String field, String beginning) {
    Document begins =
        new Document(
            "$eq",
            List.of(new Document("$indexOfBytes", List.of("$$this", literal(beginning))), 0));
    return new Document(
        "$anyElementTrue",
        List.of(new Document("$map", new Document("input", field).append("in", begins))));
  }

  private static Document has(String field, Set<String> terms) {
    return new Document("$setIsSubset", List.of(literal(List.copyOf(new TreeSet<>(terms))), field));
  }

  /** How much of the name the words are. */
  private static Document shareOfName(Words words) {
    Set<String> asked = new TreeSet<>();
    words.words().stream().map(Word::spellings).flatMap(Collection::stream).forEach(asked::addAll);
    Document shared =
        new Document(
            "$size",
            new Document(
                "$setIntersection", List.of("$product.nameTerms", literal(List.copyOf(asked)))));
    Document length = new Document("$max", List.of(1, new Document("$size", "$product.nameTerms")));
    return new Document("$divide", List.of(shared, length));
  }

  private static Document then(Object condition, Object value) {
    return new Document("case", condition).append("then", value);
  }

  private static Document when(Object condition, Object then, Object otherwise) {
    return new Document("$cond", List.of(condition, then, otherwise));
  }

  /** What was typed is a value, whatever it looks like. */
  private static Document literal(Object value) {
    return new Document("$literal", value);
  }

  private static Document times(double weight, Object value) {
    return new Document("$multiply", List.of(weight, value));
  }
}
