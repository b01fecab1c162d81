package jangteo.search.store;

import jangteo.search.domain.Found;
import jangteo.search.domain.Found.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * Which part of a result is shown.
 *
 * @param after the end of the page before
 */
record Paging(Ordering ordering, Optional<Place> after, int size) {

  /**
   * The stages that leave nothing but the page, and one product more where there is one.
   *
   * @throws NotAPlaceException when {@code after} is no place of this order
   */
  List<Bson> stages(Wanted wanted) {
    List<Bson> stages = new ArrayList<>();
    if (ordering == Ordering.SCORE) {
      Document score = Relevance.score(wanted.words().orElseThrow());
      stages.add(new Document("$set", new Document(ordering.field(), score)));
    }
    after
        .map(place -> ordering.after(place).orElseThrow(NotAPlaceException::new))
        .ifPresent(rest -> stages.add(new Document("$match", rest)));
    stages.add(new Document("$sort", ordering.sort()));
    stages.add(new Document("$limit", size + 1));
    stages.add(
        new Document("$project", new Document(ProductDocument.FIELDS).append(ordering.field(), 1)));
    return stages;
  }

  /** The page that the stages left. */
  Found found(List<Document> page) {
    boolean more = page.size() > size;
    List<Document> shown = more ? page.subList(0, size) : page;
    return new Found(
        shown.stream().map(ProductDocument::read).toList(),
        more ? Optional.of(ordering.place(shown.getLast())) : Optional.empty());
  }
}
