package jangteo.aggregate.reconcile;

import jangteo.aggregate.domain.Change;
import jangteo.aggregate.domain.Difference;
import jangteo.aggregate.domain.Difference.Kind;
import jangteo.aggregate.events.CatalogueRecords;
import jangteo.aggregate.store.PartDocument;
import jangteo.aggregate.store.ReadModelFacts;
import jangteo.item.v1.ListingChanged;
import jangteo.reconcile.v1.ProductFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.bson.Document;

/** Holds what a document says against what its owner has, part by part, field by field. */
final class Comparison {

  private final PartDocument parts;

  Comparison(PartDocument parts) {
    this.parts = parts;
  }

  /** In what they differ. */
  List<Difference> of(ProductFacts facts, Optional<Document> document) {
    long id = facts.getProductId();
    List<Difference> all = new ArrayList<>();
    difference(
            id,
            Optional.empty(),
            facts.hasProduct()
                ? Optional.of(CatalogueRecords.product(facts.getProduct()))
                : Optional.empty(),
            document.flatMap(ReadModelFacts::product))
        .ifPresent(all::add);
    Map<Long, ListingChanged> owned =
        facts.getListingsList().stream()
            .collect(Collectors.toMap(ListingChanged::getListingId, listing -> listing));
    Map<Long, Document> shown = new HashMap<>();
    for (Document listing : document.map(ReadModelFacts::listings).orElse(List.of())) {
      shown.put(ReadModelFacts.listingId(listing), listing);
    }
    Set<Long> ids = new TreeSet<>(owned.keySet());
    ids.addAll(shown.keySet());
    for (long listingId : ids) {
      difference(
              id,
              Optional.of(listingId),
              Optional.ofNullable(owned.get(listingId)).map(CatalogueRecords::listing),
              Optional.ofNullable(shown.get(listingId)))
          .ifPresent(all::add);
    }
    return all;
  }

  private Optional<Difference> difference(
      long productId,
      Optional<Long> listingId,
      Optional<? extends Change> owned,
      Optional<Document> shown) {
    if (owned.isEmpty() && shown.isEmpty()) {
      return Optional.empty();
    }
    Optional<Long> ownersVersion = owned.map(Change::version);
    Optional<Long> shownVersion = shown.map(Comparison::version);
    List<String> fields = List.of();
    Kind kind;
    if (shown.isEmpty()) {
      kind = Kind.MISSING;
    } else if (owned.isEmpty()) {
      kind = Kind.SURPLUS;
    } else {
      int order = Long.compare(shownVersion.orElseThrow(), ownersVersion.orElseThrow());
      if (order == 0) {
        fields = fields(parts.of(owned.get()), shown.get());
        if (fields.isEmpty()) {
          return Optional.empty();
        }
      }
      kind = order < 0 ? Kind.STALE : order > 0 ? Kind.AHEAD : Kind.DIFFERS;
    }
    return Optional.of(
        new Difference(productId, listingId, kind, fields, ownersVersion, shownVersion));
  }

  /** One of another type is taken for what it comes to: the field is then found to differ. */
  private static long version(Document part) {
    return part.get("version") instanceof Number number ? number.longValue() : Long.MIN_VALUE;
  }

  private static List<String> fields(Document expected, Document shown) {
    Set<String> names = new TreeSet<>(expected.keySet());
    names.addAll(shown.keySet());
    return names.stream()
        .filter(name -> !Objects.equals(expected.get(name), shown.get(name)))
        .toList();
  }
}
