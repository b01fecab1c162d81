package jangteo.payment.domain;

import java.util.Optional;

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
   * @param reference the provider's name for what is held; empty when nobody knows whether it is
   * @param authorization the call that asked for it, which a provider may have to hear again to
   *     find out
   */
  record VoidAuthorization(String key, Optional<String> reference, Authorize authorization)
      implements ProviderCall {}

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
