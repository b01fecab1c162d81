package jangteo.chassis.web;

/**
 * An amount of money in JSON.
 *
 * @param amount in minor units of the currency: won for KRW, cents for USD
 * @param currency ISO 4217
 */
public record Money(long amount, String currency) {

  /** Out of an event or a gRPC reply. */
  public static Money of(jangteo.type.v1.Money money) {
    return new Money(money.getAmount(), money.getCurrency());
  }

  /** Into an event or a gRPC reply. */
  public jangteo.type.v1.Money toProto() {
    return jangteo.type.v1.Money.newBuilder().setAmount(amount).setCurrency(currency).build();
  }
}
