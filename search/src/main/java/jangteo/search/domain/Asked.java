package jangteo.search.domain;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One item of what an order asks for.
 *
 * @param productId 0 when it is named
 * @param productName used when there is no id
 * @param sellerId 0 for whichever seller has the best offer
 */
public record Asked(long productId, String productName, long sellerId) {

  /** The answer to one item. */
  public sealed interface Answer {}

  /** This listing of this product. */
  public record Sold(Offer offer, Listing listing) implements Answer {}

  /** There is no product of this id or name. */
  public record NoProduct() implements Answer {}

  /** There is the product, but this seller, or nobody, has a listing of it. */
  public record NoListing() implements Answer {}

  /** The best answer among these offers; several products may have the same name. */
  public Answer among(Collection<Offer> offers) {
    List<Offer> wanted = offers.stream().filter(this::wants).toList();
    if (wanted.isEmpty()) {
      return new NoProduct();
    }
    Optional<Sold> best =
        wanted.stream()
            .flatMap(
                offer ->
                    offer.listings().stream()
                        .filter(listing -> sellerId == 0 || listing.sellerId() == sellerId)
                        .map(listing -> new Sold(offer, listing)))
            .min(Comparator.comparing(Sold::listing, Listing.BEST_FIRST));
    return best.isPresent() ? best.get() : new NoListing();
  }

  private boolean wants(Offer offer) {
    return productId == 0
        ? offer.productName().equals(productName)
        : offer.productId() == productId;
  }
}
