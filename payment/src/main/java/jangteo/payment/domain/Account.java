package jangteo.payment.domain;

/**
 * An account of the ledger. Debits are positive, credits negative; what the shop owes to members is
 * therefore negative.
 *
 * @param name as it is stored
 */
public record Account(String name) {

  /** What the provider owes to the shop. */
  public static final Account CARDS = new Account("cards");

  /** What the shop has sold. */
  public static final Account SALES = new Account("sales");

  /** What a member can spend. */
  public static Account wallet(long memberId) {
    return new Account("wallet:" + memberId);
  }

  /** What of a member is set aside for open orders. */
  public static Account held(long memberId) {
    return new Account("held:" + memberId);
  }
}
