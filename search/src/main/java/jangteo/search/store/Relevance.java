package jangteo.search.store;

import java.util.List;
import java.util.Set;
import org.bson.Document;

/**
 * How well a product answers the words that were typed, as a MongoDB expression.
 *
 * <p>A word in the name counts most, then one in the brand or category, then one anywhere; a name
 * that is nothing but the words beats one that also says other things. What can be bought and is
 * well rated goes first among the equally good.
 */
final class Relevance {

  private static final double IN_NAME = 8;
  private static final double IN_LABELS = 4;
  private static final double ANYWHERE = 1;
  private static final double WHOLE_NAME = 6;
  private static final double IN_STOCK = 2;
  private static final double PER_STAR = 0.2;

  private Relevance() {}

  static Document score(Set<String> terms) {
    List<String> asked = List.copyOf(terms);
    Document inName = shared("$product.nameTerms", asked);
    Document nameLength =
        new Document("$max", List.of(1, new Document("$size", "$product.nameTerms")));
    return new Document(
        "$round",
        List.of(
            sum(
                times(IN_NAME, inName),
                times(IN_LABELS, shared("$product.labelTerms", asked)),
                times(ANYWHERE, shared("$terms", asked)),
                times(WHOLE_NAME, new Document("$divide", List.of(inName, nameLength))),
                new Document("$cond", List.of("$inStock", IN_STOCK, 0)),
                times(PER_STAR, "$ratingDown")),
            4));
  }

  private static Document shared(String field, List<String> asked) {
    Document literal = new Document("$literal", asked);
    return new Document("$size", new Document("$setIntersection", List.of(field, literal)));
  }

  private static Document sum(Object... terms) {
    return new Document("$add", List.of(terms));
  }

  private static Document times(double weight, Object value) {
    return new Document("$multiply", List.of(weight, value));
  }
}
