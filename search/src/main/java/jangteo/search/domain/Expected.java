package jangteo.search.domain;

import java.util.Optional;

/**
 * The least version that a reader wants to see of a product, or of one of its listings.
 *
 * @param listingId empty: of the product itself
 */
public record Expected(Optional<Long> listingId, long version) {}
