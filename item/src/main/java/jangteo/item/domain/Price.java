package jangteo.item.domain;

/**
 * What one piece costs.
 *
 * @param amount in minor units of the currency: won for KRW, cents for USD
 * @param currency ISO 4217
 */
public record Price(long amount, String currency) {}
