package jangteo.item.domain;

import jangteo.item.domain.ImportLine.Change;
import jangteo.item.domain.ImportLine.Fault;
import jangteo.item.domain.ImportLine.Result;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * A seller's part of the catalogue while a batch of an import is taken: it starts with the locked
 * products and listings that the batch names, takes line after line in memory, and then says what
 * is to be written.
 */
public final class ImportBook {

  private final long sellerId;
  private final LongSupplier ids;
  private final Instant now;
  private final Map<Long, Product> products = new HashMap<>();
  private final Map<String, Long> bySku = new HashMap<>();
  private final Map<Long, Listing> listingOf = new HashMap<>();
  private final Map<Long, Product> added = new LinkedHashMap<>();
  private final Map<Long, Product> changed = new LinkedHashMap<>();
  private final Map<Long, Listing> opened = new LinkedHashMap<>();
  private final Map<Long, Listing> replaced = new LinkedHashMap<>();
  private final List<StockChange> history = new ArrayList<>();

  /**
   * The book of one batch.
   *
   * @param products all that the batch names by id or by the seller's own key
   * @param listings the seller's own of these
   * @param ids of what is new
   */
  public ImportBook(
      long sellerId,
      Collection<Product> products,
      Collection<Listing> listings,
      LongSupplier ids,
      Instant now) {
    this.sellerId = sellerId;
    this.ids = ids;
    this.now = now;
    products.forEach(this::know);
    listings.forEach(listing -> listingOf.put(listing.productId(), listing));
  }

  private void know(Product product) {
    products.put(product.id(), product);
    if (product.ownerId() == sellerId) {
      product.sku().ifPresent(sku -> bySku.put(sku, product.id()));
    }
  }

  /** Takes a line. */
  public Result take(ImportLine line) {
    return judge(line, true);
  }

  /**
   * Looks at a line that the same import brought before: what became of it then stays, whatever the
   * shop has done with the product and its stock since.
   */
  public Result takeAgain(ImportLine line) {
    return switch (judge(line, false)) {
      case Result.Done done ->
          new Result.Done(
              Change.UNCHANGED,
              done.change() == Change.CREATED ? Optional.empty() : done.productId());
      case Result.Failed failed -> failed;
    };
  }

  private Result judge(ImportLine line, boolean write) {
    Optional<Product> present =
        line.productId().or(() -> line.sku().map(bySku::get)).map(products::get);
    List<Fault> faults = faults(line, present);
    if (!faults.isEmpty()) {
      return new Result.Failed(faults);
    }
    Product product =
        present
            .map(known -> changed(known, line))
            .orElseGet(
                () ->
                    Product.create(
                        write ? ids.getAsLong() : 0,
                        sellerId,
                        line.sku(),
                        line.details().orElseThrow(),
                        now));
    Optional<Listing> before = Optional.ofNullable(listingOf.get(product.id()));
    Optional<Listing> after = line.terms().flatMap(terms -> offered(product, before, terms, write));
    if (line.terms().isPresent() && after.isEmpty()) {
      return new Result.Failed(List.of(belowReserved(before.orElseThrow())));
    }
    boolean sameProduct = present.filter(product::equals).isPresent();
    boolean sameListing = after.isEmpty() || after.equals(before);
    if (write) {
      if (!sameProduct) {
        write(product, present.isEmpty());
      }
      if (!sameListing) {
        write(before, after.orElseThrow());
      }
    }
    Change change =
        present.isEmpty()
            ? Change.CREATED
            : sameProduct && sameListing ? Change.UNCHANGED : Change.UPDATED;
    return new Result.Done(change, Optional.of(product.id()));
  }

  private List<Fault> faults(ImportLine line, Optional<Product> present) {
    List<Fault> faults = new ArrayList<>();
    if (line.productId().isPresent() && present.isEmpty()) {
      faults.add(new Fault("productId", "there is no such product"));
    } else if (present.isEmpty() && line.details().isEmpty()) {
      faults.add(new Fault("name", "is required"));
    }
    boolean others = present.filter(product -> product.ownerId() != sellerId).isPresent();
    if (others && line.details().isPresent()) {
      faults.add(new Fault("productId", "is another seller's: leave out what describes it"));
    }
    if (others && line.sku().isPresent()) {
      faults.add(new Fault("sku", "is for products of one's own"));
    }
    boolean taken =
        line.sku().map(bySku::get).filter(id -> !isOf(id, present)).isPresent() && !others;
    if (taken) {
      faults.add(new Fault("sku", "is another product's"));
    }
    return faults;
  }

  private static boolean isOf(long id, Optional<Product> product) {
    return product.filter(known -> known.id() == id).isPresent();
  }

  private Product changed(Product known, ImportLine line) {
    return known.change(line.sku().or(known::sku), line.details().orElse(known.details()), now);
  }

  /** The listing on these terms, itself when it is on them; empty when they are below reserved. */
  private Optional<Listing> offered(
      Product product, Optional<Listing> before, Listing.Terms terms, boolean write) {
    if (before.isEmpty()) {
      return Optional.of(
          Listing.open(write ? ids.getAsLong() : 0, product.id(), sellerId, terms, now));
    }
    Listing listing = before.get();
    return listing.on(terms) ? before : listing.replace(terms, now);
  }

  private static Fault belowReserved(Listing listing) {
    return new Fault(
        "quantity",
        "%d pieces are reserved for orders; the stock cannot go below that"
            .formatted(listing.stock().reserved()));
  }

  private void write(Product product, boolean isNew) {
    Optional.ofNullable(products.get(product.id()))
        .flatMap(Product::sku)
        .filter(old -> product.sku().filter(old::equals).isEmpty())
        .ifPresent(bySku::remove);
    know(product);
    (isNew || added.containsKey(product.id()) ? added : changed).put(product.id(), product);
  }

  private void write(Optional<Listing> before, Listing after) {
    listingOf.put(after.productId(), after);
    (before.isEmpty() || opened.containsKey(after.id()) ? opened : replaced).put(after.id(), after);
    before
        .map(
            listing ->
                StockChange.bySeller(StockChange.Kind.COUNTED, listing, after, Optional.empty()))
        .orElseGet(() -> StockChange.opening(after))
        .ifPresent(history::add);
  }

  /** Products that are new. */
  public List<Product> added() {
    return List.copyOf(added.values());
  }

  /** Products that were there and are different now. */
  public List<Product> changed() {
    return List.copyOf(changed.values());
  }

  /** Listings that are new. */
  public List<Listing> opened() {
    return List.copyOf(opened.values());
  }

  /** Listings that were there and are different now. */
  public List<Listing> replaced() {
    return List.copyOf(replaced.values());
  }

  /** What became of what is on hand. */
  public List<StockChange> history() {
    return List.copyOf(history);
  }

  /** Whether nothing is to be written. */
  public boolean isClean() {
    return Stream.of(added, changed, opened, replaced).allMatch(Map::isEmpty);
  }
}
