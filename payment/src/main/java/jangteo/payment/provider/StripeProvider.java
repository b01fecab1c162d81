package jangteo.payment.provider;

import com.stripe.StripeClient;
import com.stripe.exception.CardException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.PaymentIntent;
import com.stripe.model.StripeError;
import com.stripe.net.RequestOptions;
import com.stripe.param.PaymentIntentCancelParams;
import com.stripe.param.PaymentIntentCaptureParams;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.PaymentIntentCreateParams.CaptureMethod;
import com.stripe.param.RefundCreateParams;
import io.helidon.config.Config;
import jangteo.payment.domain.Money;
import jangteo.payment.domain.Provider;
import jangteo.payment.domain.ProviderAnswer;
import jangteo.payment.domain.ProviderAnswer.Declined;
import jangteo.payment.domain.ProviderAnswer.Done;
import jangteo.payment.domain.ProviderAnswer.Unknown;
import jangteo.payment.domain.ProviderCall;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cards through Stripe: a payment is a PaymentIntent that is captured later, each call carries its
 * idempotency key, and an error says whether the outcome is known
 * (https://docs.stripe.com/api/errors, https://docs.stripe.com/api/idempotent_requests).
 *
 * <p>Tokens are Stripe's payment methods ({@code pm_...}), as its forms in the browser make them.
 * Amounts go as they are: Stripe counts in the currency's minor units too, KRW in won.
 */
public final class StripeProvider implements Provider {

  private static final Logger LOG = LoggerFactory.getLogger(StripeProvider.class);
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration READ = Duration.ofSeconds(10);

  private static final String DECLINED = "PAYMENT_DECLINED";
  private static final String INSUFFICIENT_FUNDS = "INSUFFICIENT_FUNDS";
  private static final String REFUSED = "PROVIDER_REFUSED";

  /** Stripe's word for a PaymentIntent that is past what it is asked for. */
  private static final String UNEXPECTED_STATE = "payment_intent_unexpected_state";

  private final StripeClient stripe;

  private StripeProvider(StripeClient stripe) {
    this.stripe = stripe;
  }

  /**
   * The account that the configuration names.
   *
   * @param config the node {@code provider.stripe}: api-key, base-url
   * @throws IllegalArgumentException without a key
   */
  public static StripeProvider create(Config config) {
    String key = config.get("api-key").asString().orElse("");
    if (key.isBlank()) {
      throw new IllegalArgumentException(
          "provider.kind is stripe: set provider.stripe.api-key (PROVIDER_STRIPE_API_KEY)");
    }
    return new StripeProvider(
        StripeClient.builder()
            .setApiKey(key)
            .setApiBase(config.get("base-url").asString().get())
            .setConnectTimeout((int) CONNECT.toMillis())
            .setReadTimeout((int) READ.toMillis())
            // The workers repeat, under the same key.
            .setMaxNetworkRetries(0)
            .build());
  }

  @Override
  public ProviderAnswer carryOut(ProviderCall call) {
    try {
      return switch (call) {
        case ProviderCall.Authorize c -> pay(c.key(), c.amount(), c.token(), CaptureMethod.MANUAL);
        case ProviderCall.Charge c -> pay(c.key(), c.amount(), c.token(), CaptureMethod.AUTOMATIC);
        case ProviderCall.Capture c -> capture(c);
        case ProviderCall.VoidAuthorization c -> voided(c);
        case ProviderCall.Refund c -> refund(c);
      };
    } catch (StripeException e) {
      return answer(e);
    }
  }

  private ProviderAnswer pay(String key, Money amount, String token, CaptureMethod method)
      throws StripeException {
    PaymentIntentCreateParams params =
        PaymentIntentCreateParams.builder()
            .setAmount(amount.amount())
            .setCurrency(amount.currency().toLowerCase(Locale.ROOT))
            .setCaptureMethod(method)
            .setConfirm(true)
            // Nobody is there to answer a question of the bank's: it is a refusal.
            .setErrorOnRequiresAction(true)
            .addPaymentMethodType("card")
            .setPaymentMethod(token)
            .putMetadata("key", key)
            .build();
    PaymentIntent intent = stripe.v1().paymentIntents().create(params, options(key));
    return switch (intent.getStatus()) {
      case "requires_capture", "succeeded" -> new Done(intent.getId());
      case "requires_payment_method", "canceled" -> new Declined(DECLINED);
      default -> new Unknown(intent.getId() + " is " + intent.getStatus());
    };
  }

  private ProviderAnswer capture(ProviderCall.Capture call) throws StripeException {
    PaymentIntentCaptureParams params =
        PaymentIntentCaptureParams.builder().setAmountToCapture(call.amount().amount()).build();
    try {
      stripe.v1().paymentIntents().capture(call.reference(), params, options(call.key()));
      return new Done(call.reference());
    } catch (InvalidRequestException e) {
      return status(e).filter("succeeded"::equals).isPresent()
          ? new Done(call.reference())
          : answer(e);
    }
  }

  /** An authorisation whose outcome is not known is asked for again, under its key, to learn it. */
  private ProviderAnswer voided(ProviderCall.VoidAuthorization call) throws StripeException {
    if (call.reference().isPresent()) {
      return cancel(call.key(), call.reference().get());
    }
    return switch (carryOut(call.authorization())) {
      case Done(String reference) -> cancel(call.key(), reference);
      case Declined _ -> new Done("");
      case Unknown unknown -> unknown;
    };
  }

  private ProviderAnswer cancel(String key, String reference) throws StripeException {
    try {
      stripe
          .v1()
          .paymentIntents()
          .cancel(reference, PaymentIntentCancelParams.builder().build(), options(key));
      return new Done(reference);
    } catch (InvalidRequestException e) {
      // Stripe gives up by itself what is not captured within a week.
      return status(e).filter("canceled"::equals).isPresent() ? new Done(reference) : answer(e);
    }
  }

  private ProviderAnswer refund(ProviderCall.Refund call) throws StripeException {
    RefundCreateParams params =
        RefundCreateParams.builder()
            .setPaymentIntent(call.reference())
            .setAmount(call.amount().amount())
            .build();
    return new Done(stripe.v1().refunds().create(params, options(call.key())).getId());
  }

  private static RequestOptions options(String key) {
    return RequestOptions.builder().setIdempotencyKey(key).build();
  }

  /** Where the PaymentIntent stood that Stripe would not touch. */
  private static Optional<String> status(InvalidRequestException refused) {
    return UNEXPECTED_STATE.equals(refused.getCode())
        ? Optional.ofNullable(refused.getStripeError())
            .map(StripeError::getPaymentIntent)
            .map(PaymentIntent::getStatus)
        : Optional.empty();
  }

  /**
   * A refusal is known; everything else, such as a timeout, a 5xx, too many requests or the same
   * key still under way, is not. A wrong secret key is not the card's fault either.
   */
  private static ProviderAnswer answer(StripeException failure) {
    return switch (failure) {
      case CardException card ->
          new Declined(
              "insufficient_funds".equals(card.getDeclineCode()) ? INSUFFICIENT_FUNDS : DECLINED);
      case InvalidRequestException invalid -> {
        LOG.warn("Stripe refuses a request: {} {}", invalid.getCode(), invalid.getRequestId());
        yield new Declined(REFUSED);
      }
      default -> new Unknown(failure.getClass().getSimpleName() + " " + failure.getStatusCode());
    };
  }
}
