package jangteo.search.domain;

import java.util.List;

/**
 * What is sold of a product, as an order needs to know it.
 *
 * @param listings the best first
 */
public record Offer(long productId, String productName, List<Listing> listings) {}
