package jangteo.payment.domain;

/** What the provider of card payments can be asked; the same key, the same answer. */
public sealed interface ProviderCall {

  /** The idempotency key. */
  String key();

  /** Holds an amount. */
  record Authorize(String key, Money amount, String token) implements ProviderCall {
    @Override
    public String toString() {
      return "Authorize[" + key + "]";
    }
  }

  /** Takes what was held. */
  record Capture(String key, String reference, Money amount) implements ProviderCall {}

  /**
   * Gives up what an authorisation holds, or would hold if it still came through: afterwards
   * nothing can be held under its key.
   *
   * @param authorizationKey the key that the authorisation was asked with; known also when its
   *     outcome, and so its reference, is not
   */
  record VoidAuthorization(String key, String authorizationKey) implements ProviderCall {}

  /** Gives back what was taken. */
  record Refund(String key, String reference, Money amount) implements ProviderCall {}

  /** Holds and takes in one. */
  record Charge(String key, Money amount, String token) implements ProviderCall {
    @Override
    public String toString() {
      return "Charge[" + key + "]";
    }
  }
}
