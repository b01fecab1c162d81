package jangteo.aggregate.store;

import java.util.List;
import org.bson.Document;

/**
 * MongoDB expressions that let the newer of two states of a part win: the one in the document, or
 * the one that has come. The rule is {@code Change.beats}, told to the database, so that the
 * comparison and the write are one atomic step.
 */
final class Newest {

  private Newest() {}

  /** Of a part that a document has once; the value of {@code field} afterwards. */
  static Document one(String field, Document come) {
    return let(new Document("$ifNull", List.of("$" + field, new Document())), come, newer());
  }

  /** Of a part that is the whole document; the document afterwards. */
  static Document whole(Document come) {
    return let("$$ROOT", come, newer());
  }

  /**
   * Of parts that a document has many of, told apart by {@code id}; the array afterwards, in the
   * order of ids.
   */
  static Document each(String field, List<Document> come) {
    Document stay =
        filter("$$known", "old", none("$$come", "new", and(sameId(), beats("$$new", "$$old"))));
    Document enter =
        filter(
            "$$come", "new", none("$$known", "old", and(sameId(), not(beats("$$new", "$$old")))));
    Document known = new Document("$ifNull", List.of("$" + field, List.of()));
    Document both = new Document("$concatArrays", List.of(stay, enter));
    return let(known, come, sorted(both, new Document("id", 1)));
  }

  static Document filter(Object input, String as, Object condition) {
    return new Document(
        "$filter", new Document("input", input).append("as", as).append("cond", condition));
  }

  static Document sorted(Object input, Object by) {
    return new Document("$sortArray", new Document("input", input).append("sortBy", by));
  }

  static Document and(Object... all) {
    return new Document("$and", List.of(all));
  }

  static Document not(Object expression) {
    return new Document("$not", List.of(expression));
  }

  private static Document beats(String one, String other) {
    Document version = new Document("$ifNull", List.of(other + ".version", Long.MIN_VALUE));
    return new Document(
        "$or",
        List.of(
            new Document("$gt", List.of(one + ".version", version)),
            and(
                new Document("$eq", List.of(one + ".version", version)),
                new Document("$eq", List.of(one + ".erased", true)))));
  }

  private static Document sameId() {
    return new Document("$eq", List.of("$$old.id", "$$new.id"));
  }

  private static Document none(Object input, String as, Object condition) {
    return new Document("$eq", List.of(new Document("$size", filter(input, as, condition)), 0));
  }

  private static Document newer() {
    return new Document("$cond", List.of(beats("$$come", "$$known"), "$$come", "$$known"));
  }

  /** What has come is a literal: a name that looks like an expression stays a name. */
  private static Document let(Object known, Object come, Object in) {
    Document vars = new Document("known", known).append("come", new Document("$literal", come));
    return new Document("$let", new Document("vars", vars).append("in", in));
  }
}
