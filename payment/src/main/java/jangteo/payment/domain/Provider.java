package jangteo.payment.domain;

/** The port to whoever moves money on cards. */
public interface Provider {

  /**
   * Carries out a call, or finds out what became of it. May block for seconds; answers {@link
   * ProviderAnswer.Unknown} instead of throwing.
   */
  ProviderAnswer carryOut(ProviderCall call);
}
