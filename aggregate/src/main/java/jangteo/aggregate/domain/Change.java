package jangteo.aggregate.domain;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What an event says about one part of the catalogue: its whole state, or that it was erased.
 *
 * <p>Of two changes of the same part the newer one counts, whatever order they come in; an erasure
 * beats a state of the same version ({@link #beats}).
 */
public sealed interface Change {

  /** The version of an erasure that carries none: nothing comes after it. */
  long FINAL = Long.MAX_VALUE;

  /** Which part it is about. */
  PartId part();

  /** Grows with each change of the part. */
  long version();

  /** Whether it is an erasure. */
  default boolean erases() {
    return false;
  }

  /** Whether this one counts when both are known. */
  default boolean beats(Change other) {
    return version() > other.version() || (version() == other.version() && erases());
  }

  /** A part of the catalogue: at most one state of each is current. */
  record PartId(Kind kind, long id) {

    /** What can change on its own. */
    public enum Kind {
      PRODUCT,
      LISTING,
      RATING,
      SELLER
    }
  }

  /** A change that one product's document shows. */
  sealed interface OfProduct extends Change {

    /** The product whose document it is. */
    long productId();
  }

  /** A product as its owner describes it. */
  record ProductWritten(
      long productId,
      long version,
      long ownerId,
      String name,
      String description,
      String category,
      String brand,
      Map<String, String> attributes,
      List<String> images,
      Instant createdAt,
      Instant updatedAt)
      implements OfProduct {

    @Override
    public PartId part() {
      return new PartId(PartId.Kind.PRODUCT, productId);
    }
  }

  /** A product that is no more. */
  record ProductErased(long productId, long version) implements OfProduct {

    @Override
    public PartId part() {
      return new PartId(PartId.Kind.PRODUCT, productId);
    }

    @Override
    public boolean erases() {
      return true;
    }
  }

  /**
   * A seller's listing of a product.
   *
   * @param version the sequence, which stock movements move as well
   * @param price in minor units of the currency
   * @param status {@code ON_SALE}, {@code PAUSED} or {@code ENDED}
   * @param available what can be bought now
   * @param snapshot the version that an order's price snapshot carries
   */
  record ListingWritten(
      long listingId,
      long version,
      long productId,
      long sellerId,
      long price,
      String currency,
      String status,
      long available,
      long snapshot,
      Instant updatedAt)
      implements OfProduct {

    @Override
    public PartId part() {
      return new PartId(PartId.Kind.LISTING, listingId);
    }
  }

  /** A listing that is no more; the event does not say of which product it was. */
  record ListingErased(long listingId, long version) implements Change {

    @Override
    public PartId part() {
      return new PartId(PartId.Kind.LISTING, listingId);
    }

    @Override
    public boolean erases() {
      return true;
    }
  }

  /**
   * How many reviews gave a product each number of stars.
   *
   * @param stars five counts: of one star, of two, …
   */
  record RatingCounted(long productId, long version, List<Long> stars) implements OfProduct {

    /** Copies the counts. */
    public RatingCounted {
      stars = List.copyOf(stars);
    }

    @Override
    public PartId part() {
      return new PartId(PartId.Kind.RATING, productId);
    }
  }

  /** The name under which a seller is shown. */
  record SellerNamed(long sellerId, long version, String name) implements Change {

    @Override
    public PartId part() {
      return new PartId(PartId.Kind.SELLER, sellerId);
    }
  }

  /** A seller who is no more: the name goes, and so do the listings. */
  record SellerErased(long sellerId, long version) implements Change {

    @Override
    public PartId part() {
      return new PartId(PartId.Kind.SELLER, sellerId);
    }

    @Override
    public boolean erases() {
      return true;
    }
  }
}
