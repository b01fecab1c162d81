package jangteo.payment.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import jangteo.local.servers.MissingPartException;
import jangteo.payment.domain.Money;
import jangteo.payment.domain.Provider;
import jangteo.payment.domain.ProviderAnswer.Declined;
import jangteo.payment.domain.ProviderAnswer.Done;
import jangteo.payment.domain.ProviderCall.Authorize;
import jangteo.payment.domain.ProviderCall.Capture;
import jangteo.payment.domain.ProviderCall.Charge;
import jangteo.payment.domain.ProviderCall.Refund;
import jangteo.payment.domain.ProviderCall.VoidAuthorization;
import jangteo.testkit.TestServers;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What the adapter asks is what Stripe's API takes: stripe-mock checks each request against
 * Stripe's own description, and answers a wrong one with 400, which the adapter calls
 * PROVIDER_REFUSED. It answers a right one from a fixture in which no PaymentIntent is ever paid;
 * what Stripe's real answers come to is {@link StripeAnswersTest}'s.
 */
class StripeMockTest {

  private static final Money WON = new Money(12_900, "KRW");
  private static final Declined NEVER_PAID = new Declined("PAYMENT_DECLINED");
  private static Provider stripe;

  @BeforeAll
  static void start() {
    try {
      stripe = provider(TestServers.stripeMock());
    } catch (MissingPartException missing) {
      System.err.println("StripeMockTest does not run. " + missing.getMessage());
      Assumptions.abort(missing.getMessage());
    }
  }

  @Test
  void anAuthorisationIsAsStripeWantsIt() {
    assertThat(stripe.carryOut(new Authorize("k1", WON, "pm_card_visa"))).isEqualTo(NEVER_PAID);
    assertThat(stripe.carryOut(new Charge("k3", WON, "pm_card_visa"))).isEqualTo(NEVER_PAID);
  }

  @Test
  void aCaptureAndAVoidAreAsStripeWantsThem() {
    assertThat(stripe.carryOut(new Capture("k4", "pi_123", WON))).isEqualTo(new Done("pi_123"));
    Authorize held = new Authorize("k5", WON, "pm_card_visa");
    assertThat(stripe.carryOut(new VoidAuthorization("k6", Optional.of("pi_123"), held)))
        .isEqualTo(new Done("pi_123"));
    assertThat(stripe.carryOut(new VoidAuthorization("k7", Optional.empty(), held)))
        .isEqualTo(new Done(""));
  }

  @Test
  void aRefundIsAsStripeWantsIt() {
    assertThat(stripe.carryOut(new Refund("k8", "pi_123", WON)))
        .isInstanceOfSatisfying(Done.class, done -> assertThat(done.reference()).isNotEmpty());
  }

  static Provider provider(String address) {
    return StripeProvider.create(
        Config.just(ConfigSources.create(Map.of("api-key", "sk_test_123", "base-url", address))));
  }
}
