package jangteo.aggregate.store;

import jangteo.aggregate.domain.Change;
import jangteo.aggregate.domain.Change.ListingErased;
import jangteo.aggregate.domain.Change.ListingWritten;
import jangteo.aggregate.domain.Change.ProductErased;
import jangteo.aggregate.domain.Change.ProductWritten;
import jangteo.aggregate.domain.Change.RatingCounted;
import jangteo.aggregate.domain.Change.SellerErased;
import jangteo.aggregate.domain.Change.SellerNamed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A small catalogue's life, drawn at random: few ids, so that changes meet. */
final class History {

  private static final int PRODUCTS = 3;
  private static final int SELLERS = 3;
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final List<String> NAMES =
      List.of("무선 이어폰", "$name of {price}", "Running Shoes", "딸기 1kg");

  private final Random random;
  private final Map<Change.PartId, Long> versions = new HashMap<>();

  History(Random random) {
    this.random = random;
  }

  List<Change> changes(int count) {
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      changes.add(next());
    }
    return changes;
  }

  private Change next() {
    long product = 1L + random.nextInt(PRODUCTS);
    long seller = 100L + random.nextInt(SELLERS);
    long listing = product * 1_000 + seller;
    return switch (random.nextInt(20)) {
      case 0 -> new ProductErased(product, lastVersion(Change.PartId.Kind.PRODUCT, product));
      case 1 -> new SellerErased(seller, lastVersion(Change.PartId.Kind.SELLER, seller));
      case 2 -> new ListingErased(listing, lastVersion(Change.PartId.Kind.LISTING, listing));
      case 3, 4, 5, 6 -> named(seller, version(Change.PartId.Kind.SELLER, seller));
      case 7, 8, 9 -> product(product, version(Change.PartId.Kind.PRODUCT, product));
      case 10, 11 -> rating(product, version(Change.PartId.Kind.RATING, product));
      default -> listing(listing, product, seller);
    };
  }

  private long version(Change.PartId.Kind kind, long id) {
    return versions.merge(new Change.PartId(kind, id), 1L, Long::sum);
  }

  /** Of an erasure: a new version, or that of the last state. */
  private long lastVersion(Change.PartId.Kind kind, long id) {
    return random.nextBoolean()
        ? version(kind, id)
        : versions.getOrDefault(new Change.PartId(kind, id), 1L);
  }

  private static SellerNamed named(long seller, long version) {
    return new SellerNamed(seller, version, "장터 " + seller + " v" + version);
  }

  private ProductWritten product(long product, long version) {
    return new ProductWritten(
        product,
        version,
        100,
        NAMES.get(random.nextInt(NAMES.size())),
        "v" + version,
        "audio",
        "Sony",
        Map.of("a.b", "$c", "색상", "검정"),
        List.of("https://img.example/1.png"),
        START,
        START.plusSeconds(version));
  }

  private RatingCounted rating(long product, long version) {
    return new RatingCounted(product, version, List.of(0L, 1L, version, 2L, 3L));
  }

  private ListingWritten listing(long listing, long product, long seller) {
    long version = version(Change.PartId.Kind.LISTING, listing);
    return new ListingWritten(
        listing,
        version,
        product,
        seller,
        1_000L * (1 + random.nextInt(5)),
        "KRW",
        random.nextInt(4) == 0 ? "PAUSED" : "ON_SALE",
        random.nextInt(3),
        version,
        START.plusSeconds(version));
  }
}
