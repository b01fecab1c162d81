package jangteo.payment.domain;

/**
 * An amount of money.
 *
 * @param amount in minor units of the currency: won for KRW, cents for USD
 * @param currency ISO 4217
 */
public record Money(long amount, String currency) {

  /** As much the other way. */
  public Money negated() {
    return new Money(Math.negateExact(amount), currency);
  }
}
