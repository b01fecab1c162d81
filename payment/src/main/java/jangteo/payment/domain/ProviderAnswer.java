package jangteo.payment.domain;

/** What the provider says. */
public sealed interface ProviderAnswer {

  /**
   * It is done.
   *
   * @param reference the provider's name for it
   */
  record Done(String reference) implements ProviderAnswer {}

  /**
   * It will never be done.
   *
   * @param reason such as PAYMENT_DECLINED
   */
  record Declined(String reason) implements ProviderAnswer {}

  /**
   * Nobody knows: a timeout, an error. It may have been done; the same call with the same key
   * tells.
   *
   * @param why for the log
   */
  record Unknown(String why) implements ProviderAnswer {}
}
