package jangteo.payment.domain;

/** What a payment is made with. */
public enum Method {
  /** The member's balance with the shop. */
  WALLET,
  /** A card, through the provider. */
  CARD
}
