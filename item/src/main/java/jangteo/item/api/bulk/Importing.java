package jangteo.item.api.bulk;

import jangteo.chassis.Ids;
import jangteo.chassis.data.Database;
import jangteo.chassis.data.DuplicateKeyException;
import jangteo.chassis.data.Transaction;
import jangteo.chassis.events.Event;
import jangteo.chassis.events.Outbox;
import jangteo.chassis.web.FieldError;
import jangteo.item.domain.ImportBook;
import jangteo.item.domain.ImportLine;
import jangteo.item.domain.Product;
import jangteo.item.events.CatalogueEvents;
import jangteo.item.store.ListingStore;
import jangteo.item.store.ProductStore;
import jangteo.item.store.StockHistory;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Takes a batch of lines in one transaction: locks what they name, products before listings and
 * each in id order, decides in memory, and writes each table once, events included.
 */
public final class Importing {

  private static final int ATTEMPTS = 3;

  private final Database database;
  private final ProductStore products;
  private final ListingStore listings;
  private final StockHistory history;
  private final Outbox outbox;
  private final Ids ids;
  private final Clock clock;

  public Importing(
      Database database,
      ProductStore products,
      ListingStore listings,
      StockHistory history,
      Outbox outbox,
      Ids ids,
      Clock clock) {
    this.database = database;
    this.products = products;
    this.listings = listings;
    this.history = history;
    this.outbox = outbox;
    this.ids = ids;
    this.clock = clock;
  }

  /** What else is done in a batch's transaction. */
  interface Along {
    /** In it. */
    void in(Transaction tx);
  }

  /** Waits while what imports changed is more than others should have to wait behind. */
  void awaitRoom() {
    outbox.awaitRoom();
  }

  /** What became of each line, in order. */
  List<LineResult> take(long sellerId, List<ReadLine> batch, boolean again, Along along) {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      try {
        return database.inTransaction(tx -> take(tx, sellerId, batch, again, along));
      } catch (DuplicateKeyException quicker) {
        // Another request gave a product one of these keys: this time it is found.
      }
    }
    return oneByOne(sellerId, batch, again, along);
  }

  /** For lines that pass a key from one product to another, which one statement cannot. */
  private List<LineResult> oneByOne(
      long sellerId, List<ReadLine> batch, boolean again, Along along) {
    List<LineResult> results = new ArrayList<>();
    for (ReadLine line : batch) {
      Along its = line == batch.getLast() ? along : tx -> {};
      try {
        results.addAll(database.inTransaction(tx -> take(tx, sellerId, List.of(line), again, its)));
      } catch (DuplicateKeyException taken) {
        results.add(
            LineResult.failed(
                line.number(), List.of(new FieldError("sku", "is another product's"))));
        database.transact(its::in);
      }
    }
    return results;
  }

  private List<LineResult> take(
      Transaction tx, long sellerId, List<ReadLine> batch, boolean again, Along along) {
    along.in(tx);
    List<ImportLine> right =
        batch.stream()
            .filter(ReadLine.Right.class::isInstance)
            .map(line -> ((ReadLine.Right) line).line())
            .toList();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    ImportBook book = open(tx, sellerId, right, now);
    List<LineResult> results = batch.stream().map(line -> result(book, line, again)).toList();
    write(tx, book);
    return results;
  }

  private ImportBook open(Transaction tx, long sellerId, List<ImportLine> lines, Instant now) {
    Set<String> skus =
        lines.stream().flatMap(line -> line.sku().stream()).collect(Collectors.toSet());
    Set<Long> named =
        lines.stream()
            .flatMap(line -> line.productId().stream())
            .collect(Collectors.toCollection(TreeSet::new));
    named.addAll(products.idsBySku(tx, sellerId, skus));
    List<Product> present = products.lock(tx, named);
    List<Long> offered = listings.idsOf(tx, sellerId, present.stream().map(Product::id).toList());
    return new ImportBook(sellerId, present, listings.lock(tx, offered), ids::next, now);
  }

  private static LineResult result(ImportBook book, ReadLine line, boolean again) {
    return switch (line) {
      case ReadLine.Right(ImportLine right) ->
          LineResult.of(right.number(), again ? book.takeAgain(right) : book.take(right));
      case ReadLine.Wrong wrong -> LineResult.failed(wrong.number(), wrong.errors());
    };
  }

  private void write(Transaction tx, ImportBook book) {
    if (book.isClean()) {
      return;
    }
    products.add(tx, book.added());
    products.save(tx, book.changed());
    listings.add(tx, book.opened());
    listings.save(tx, book.replaced());
    history.add(tx, book.history());
    outbox.add(
        tx,
        Stream.of(
                Stream.concat(book.added().stream(), book.changed().stream())
                    .map(CatalogueEvents::of),
                Stream.concat(book.opened().stream(), book.replaced().stream())
                    .map(CatalogueEvents::of))
            .flatMap(events -> events)
            .toArray(Event[]::new));
  }
}
