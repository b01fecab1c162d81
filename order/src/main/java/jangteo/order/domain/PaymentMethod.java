package jangteo.order.domain;

/** How a buyer pays. */
public enum PaymentMethod {
  /** From the member's balance with the shop. */
  WALLET,
  /** With a card, known only by the provider's token. */
  CARD
}
