package jangteo.review.domain;

import java.util.UUID;

/**
 * What an order says of one product of one seller in it: whether its buyer is a verified buyer of
 * the product.
 *
 * @param orderVersion the order's version; the newest is right
 * @param verifies true while the order is confirmed, shipped or delivered and the product was not
 *     sent back; false once the purchase was undone
 */
public record Purchase(
    UUID orderId,
    long orderVersion,
    long memberId,
    long productId,
    long sellerId,
    boolean verifies) {}
