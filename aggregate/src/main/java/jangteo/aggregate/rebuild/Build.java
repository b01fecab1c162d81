package jangteo.aggregate.rebuild;

import jangteo.aggregate.domain.Change;
import jangteo.aggregate.domain.Rebuild.Stage;
import jangteo.aggregate.domain.Source;
import jangteo.aggregate.events.CatalogueRecords;
import jangteo.aggregate.store.Catalogue;
import jangteo.aggregate.store.NewCatalogue;
import jangteo.aggregate.store.ReadModel;
import jangteo.aggregate.store.Rebuilds;
import jangteo.chassis.events.Kafka;
import jangteo.chassis.events.Record;
import jangteo.chassis.events.TopicReader;
import jangteo.chassis.events.UnprocessableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;

/**
 * One rebuild, from the topics to the switch (docs/adr/0024).
 *
 * <p>What the topics hold at its beginning is read slice by slice and written as whole documents;
 * what comes meanwhile is applied after that as it always is, until hardly anything is left; then
 * the new collections take the live ones' places; then what the live ones got until that moment is
 * applied once more, to the new ones. Every change is guarded by its version, so twice is once.
 */
final class Build {

  private static final int DOCUMENTS_AT_ONCE = 500;
  private static final int CHANGES_AT_ONCE = 1_000;

  /** A last round that took so long leaves little to be applied after the switch. */
  private static final Duration SHORT = Duration.ofMillis(500);

  private static final long FEW_RECORDS = 500;
  private static final int ROUNDS = 50;
  private static final Duration BETWEEN_WORDS = Duration.ofMillis(250);
  private static final Slice ALL = new Slice(0, 1);

  private final Kafka kafka;
  private final Stores stores;
  private final String id;
  private final int productsAtOnce;
  private final Mine mine;
  private final AtomicLong documents = new AtomicLong();
  private final AtomicLong caughtUp = new AtomicLong();
  private final AtomicLong told = new AtomicLong(System.nanoTime());
  private long expected;

  /** Ends the work of one who may not go on. */
  @FunctionalInterface
  interface Mine {
    /** Throws when the rebuild was given up. */
    void check();
  }

  Build(Kafka kafka, Stores stores, String id, int productsAtOnce, Mine mine) {
    this.kafka = kafka;
    this.stores = stores;
    this.id = id;
    this.productsAtOnce = productsAtOnce;
    this.mine = mine;
  }

  /** Builds and switches. */
  void run() {
    ReadModel model = ReadModel.building(id);
    try (TopicReader topics = reader(kafka)) {
      Map<TopicPartition, Long> begins = topics.begins();
      Map<TopicPartition, Long> ends = topics.ends();
      expected = products(begins, ends);
      NewCatalogue filling = stores.filling(model);
      at(Stage.WRITING);
      for (Slice slice : Slice.of(expected, productsAtOnce)) {
        topics.seek(begins);
        write(filling, slice, read(topics, ends, slice, filling));
      }
      at(Stage.INDEXING);
      filling.index();
      at(Stage.CATCHING_UP);
      topics.seek(ends);
      catchUp(topics, stores.catalogue(model));
      mine.check();
      if (!stores.rebuilds().switching(id, sources(topics.positions()))) {
        throw new GivenUpException();
      }
      carryThrough(topics, stores, id);
    }
  }

  /** Carries through a switch that somebody else has begun. */
  static void carryThrough(Kafka kafka, Stores stores, String id) {
    try (TopicReader topics = reader(kafka)) {
      carryThrough(topics, stores, id);
    }
  }

  private static void carryThrough(TopicReader topics, Stores stores, String id) {
    Rebuilds rebuilds = stores.rebuilds();
    rebuilds.goLive(id);
    Catalogue live = stores.catalogue(ReadModel.LIVE);
    Map<Source, Long> from = rebuilds.positions(id);
    Map<TopicPartition, Long> places = new HashMap<>();
    for (TopicPartition partition : topics.begins().keySet()) {
      Long place = from.get(stores.source(partition));
      if (place != null) {
        places.put(partition, place);
      }
    }
    topics.seek(places);
    // From here on whoever applies a record finds the new collections.
    topics.readTo(topics.ends(), records -> apply(live, records));
    rebuilds.done(id);
  }

  private static TopicReader reader(Kafka kafka) {
    return new TopicReader(kafka, "rebuild", CatalogueRecords.TOPICS);
  }

  private Map<Long, Map<Change.PartId, Change.OfProduct>> read(
      TopicReader topics, Map<TopicPartition, Long> ends, Slice slice, NewCatalogue filling) {
    Map<Long, Map<Change.PartId, Change.OfProduct>> products = new HashMap<>();
    topics.readTo(
        ends,
        records -> {
          mine.check();
          List<Change> others = new ArrayList<>();
          for (Record record : records) {
            change(record, slice)
                .ifPresent(
                    change -> {
                      if (change instanceof Change.OfProduct part) {
                        keep(products, slice, part);
                      } else if (slice.index() == 0) {
                        others.add(change);
                      }
                    });
          }
          filling.remember(others);
        });
    return products;
  }

  private static void keep(
      Map<Long, Map<Change.PartId, Change.OfProduct>> products,
      Slice slice,
      Change.OfProduct change) {
    if (slice.contains(change.productId())) {
      products
          .computeIfAbsent(change.productId(), key -> new HashMap<>(4))
          .merge(change.part(), change, (known, come) -> come.beats(known) ? come : known);
    }
  }

  /** Nothing for what cannot be read: the projection has put it with the dead letters. */
  private static Optional<Change> change(Record record, Slice slice) {
    try {
      return record.topic().equals("products") && !slice.contains(CatalogueRecords.key(record))
          ? Optional.empty()
          : CatalogueRecords.change(record);
    } catch (UnprocessableException e) {
      return Optional.empty();
    }
  }

  private void write(
      NewCatalogue filling, Slice slice, Map<Long, Map<Change.PartId, Change.OfProduct>> products) {
    List<Map<Long, Collection<Change.OfProduct>>> chunks = new ArrayList<>();
    Map<Long, Collection<Change.OfProduct>> chunk = new HashMap<>();
    for (Map.Entry<Long, Map<Change.PartId, Change.OfProduct>> product : products.entrySet()) {
      chunk.put(product.getKey(), product.getValue().values());
      if (chunk.size() == DOCUMENTS_AT_ONCE) {
        chunks.add(chunk);
        chunk = new HashMap<>();
      }
    }
    chunks.add(chunk);
    int threads = Runtime.getRuntime().availableProcessors() + 1;
    List<Future<?>> writes = new ArrayList<>();
    try (ExecutorService writers =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().name("rebuild-" + slice.index() + "-", 0).factory())) {
      for (Map<Long, Collection<Change.OfProduct>> some : chunks) {
        writes.add(
            writers.submit(
                () -> {
                  mine.check();
                  filling.write(some);
                  documents.addAndGet(some.size());
                  tell(Stage.WRITING);
                }));
      }
      awaitAll(writes, writers);
    }
  }

  private static void awaitAll(List<Future<?>> writes, ExecutorService writers) {
    try {
      for (Future<?> write : writes) {
        write.get();
      }
    } catch (ExecutionException e) {
      writers.shutdownNow();
      throw e.getCause() instanceof RuntimeException why ? why : new IllegalStateException(e);
    } catch (InterruptedException e) {
      writers.shutdownNow();
      Thread.currentThread().interrupt();
      throw new GivenUpException();
    }
  }

  private void catchUp(TopicReader topics, Catalogue catalogue) {
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      topics.readTo(
          topics.ends(),
          records -> {
            mine.check();
            apply(catalogue, records);
            caughtUp.addAndGet(records.size());
            tell(Stage.CATCHING_UP);
          });
      boolean quick = System.nanoTime() - start < SHORT.toNanos();
      if (quick || behindTheLiveOne(topics.positions()) <= FEW_RECORDS) {
        return;
      }
    }
    throw new IllegalStateException("more comes in all the time than can be applied");
  }

  /** Under load the live one is not at the end either, and more is not asked of the new one. */
  private long behindTheLiveOne(Map<TopicPartition, Long> positions) {
    Map<Source, Long> live = stores.state().positions();
    return positions.entrySet().stream()
        .mapToLong(
            place ->
                Math.max(
                    0, live.getOrDefault(stores.source(place.getKey()), 0L) - place.getValue()))
        .sum();
  }

  private static void apply(Catalogue catalogue, List<Record> records) {
    List<Change> changes = new ArrayList<>();
    for (Record record : records) {
      change(record, ALL).ifPresent(changes::add);
      if (changes.size() == CHANGES_AT_ONCE) {
        catalogue.apply(changes);
        changes.clear();
      }
    }
    catalogue.apply(changes);
  }

  private long products(Map<TopicPartition, Long> begins, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .filter(end -> kafka.plain(end.getKey().topic()).equals("products"))
        .mapToLong(end -> end.getValue() - begins.getOrDefault(end.getKey(), 0L))
        .sum();
  }

  private Map<Source, Long> sources(Map<TopicPartition, Long> positions) {
    Map<Source, Long> sources = new HashMap<>();
    positions.forEach((partition, place) -> sources.put(stores.source(partition), place));
    return sources;
  }

  /** Now and then: each time is a write. */
  private void tell(Stage stage) {
    long now = System.nanoTime();
    long last = told.get();
    if (now - last > BETWEEN_WORDS.toNanos() && told.compareAndSet(last, now)) {
      at(stage);
    }
  }

  private void at(Stage stage) {
    stores.rebuilds().at(id, stage, expected, documents.get(), caughtUp.get());
  }
}
