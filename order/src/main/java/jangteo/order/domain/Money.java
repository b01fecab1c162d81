package jangteo.order.domain;

/**
 * An amount of money.
 *
 * @param amount in minor units of the currency: won for KRW, cents for USD
 * @param currency ISO 4217
 */
public record Money(long amount, String currency) {

  /**
   * This amount, {@code quantity} times.
   *
   * @throws ArithmeticException when it no longer fits a long
   */
  public Money times(long quantity) {
    return new Money(Math.multiplyExact(amount, quantity), currency);
  }

  /**
   * The sum of two amounts of one currency.
   *
   * @throws ArithmeticException when it no longer fits a long
   */
  public Money plus(Money other) {
    if (!currency.equals(other.currency)) {
      throw new IllegalArgumentException(currency + " and " + other.currency + " do not add up");
    }
    return new Money(Math.addExact(amount, other.amount), currency);
  }
}
