package jangteo.order.domain;

/**
 * What the buyer pays with.
 *
 * @param token the provider's token of a card; empty for {@link PaymentMethod#WALLET}
 */
public record PaymentChoice(PaymentMethod method, String token) {}
