package jangteo.aggregate.events;

import jangteo.aggregate.store.Catalogue;
import jangteo.chassis.events.Record;
import jangteo.chassis.events.Subscription;
import java.util.List;
import java.util.Optional;

/**
 * The sync from the topics into the read model: all records of a poll in one go, with no pause
 * before the next poll, so that what changes is searchable within milliseconds.
 */
public final class Projection {

  private final Catalogue catalogue;
  private final Freshness freshness;

  /** Into this read model; how far it is, is told there. */
  public Projection(Catalogue catalogue, Freshness freshness) {
    this.catalogue = catalogue;
    this.freshness = freshness;
  }

  /** The one subscription to all topics of the catalogue. */
  public Subscription subscription() {
    return Subscription.to(CatalogueRecords.TOPICS.toArray(String[]::new))
        .batch(this::project)
        .progress(freshness::reached)
        .build();
  }

  private void project(List<Record> records) {
    catalogue.apply(
        records.stream().map(CatalogueRecords::change).flatMap(Optional::stream).toList());
  }
}
