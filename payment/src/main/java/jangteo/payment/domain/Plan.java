package jangteo.payment.domain;

/** How a step is carried out. */
public sealed interface Plan {

  /** By asking the provider, outside any transaction. */
  record Ask(ProviderCall call) implements Plan {}

  /** By moving money in the member's wallet. */
  record Move(WalletMove move, Money amount) implements Plan {}

  /** There is nothing to carry out. */
  record Conclude(Conclusion conclusion) implements Plan {}
}
