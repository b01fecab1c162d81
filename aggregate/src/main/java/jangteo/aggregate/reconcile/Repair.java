package jangteo.aggregate.reconcile;

import jangteo.aggregate.domain.Difference;
import jangteo.aggregate.store.ReadModelFacts;
import java.util.List;
import java.util.Optional;
import org.bson.Document;

/**
 * Prepares the read model for being told anew. A state that the next one of its owner would not
 * beat is demoted first: its version is set below all others, if it is still the very state that
 * was seen. So a repair never removes anything that is newer, and what is shown stays shown until
 * the owner's word comes.
 */
final class Repair {

  private Repair() {}

  static void prepare(ReadModelFacts shown, Difference difference, Optional<Document> document) {
    long id = difference.productId();
    switch (difference.kind()) {
      case DERIVED -> shown.derive(id);
      case DIFFERS, AHEAD -> demote(shown, difference, document);
      case MISSING -> {
        difference.listingId().ifPresent(shown::unearth);
        if (difference.listingId().isEmpty()) {
          document
              .map(its -> its.get("product"))
              .filter(Document.class::isInstance)
              .ifPresent(grave -> shown.demoteProduct(id, (Document) grave));
        }
      }
      case SURPLUS ->
          seen(difference, document).forEach(listing -> shown.removeListing(id, listing));
      case STALE -> {
        // The owner's state is newer by its version.
      }
    }
  }

  private static void demote(
      ReadModelFacts shown, Difference difference, Optional<Document> document) {
    long id = difference.productId();
    if (difference.listingId().isEmpty()) {
      document
          .flatMap(ReadModelFacts::product)
          .ifPresent(product -> shown.demoteProduct(id, product));
    } else {
      seen(difference, document).forEach(listing -> shown.demoteListing(id, listing));
    }
  }

  /** The listing as it is shown; several when they bear one id, none when it is of the product. */
  private static List<Document> seen(Difference difference, Optional<Document> document) {
    return document.map(ReadModelFacts::listings).orElse(List.of()).stream()
        .filter(
            listing ->
                difference.listingId().equals(Optional.of(ReadModelFacts.listingId(listing))))
        .toList();
  }
}
