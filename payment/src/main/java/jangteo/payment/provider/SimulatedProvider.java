package jangteo.payment.provider;

import jangteo.chassis.data.Database;
import jangteo.payment.domain.Provider;
import jangteo.payment.domain.ProviderAnswer;
import jangteo.payment.domain.ProviderAnswer.Unknown;
import jangteo.payment.domain.ProviderCall;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * A provider of card payments that any caller steers by the card's token (design, section 4):
 *
 * <ul>
 *   <li>{@code tok_ok}: done;
 *   <li>{@code tok_declined}, and any token it does not know: declined;
 *   <li>{@code tok_insufficient_funds}: declined for that reason;
 *   <li>{@code tok_slow_8s}: done, after eight seconds;
 *   <li>{@code tok_error_500}: an error each time, and nothing is ever held;
 *   <li>{@code tok_timeout_then_charged}: done, but the first answer is lost;
 *   <li>{@code tok_capture_fails}: held, but by the time of the capture the hold has expired, for
 *       good.
 * </ul>
 *
 * <p>Like a real one it remembers every key: the same key gets the same outcome, also after a
 * restart, and after a void nothing comes through under the authorisation's key.
 */
public final class SimulatedProvider implements Provider {

  private static final String DECLINED = "PAYMENT_DECLINED";
  private static final String VOIDED = "VOIDED";
  private static final String EXPIRED = "AUTHORIZATION_EXPIRED";

  /** The names of holds begin with it, and those of holds that cannot be taken with the other. */
  private static final String REFERENCE = "sim_";

  private static final String EXPIRING = "sim_expiring_";
  private static final Duration SLOW = Duration.ofSeconds(8);

  private final SimulatorMemory memory;
  private final Duration timeout;

  /**
   * Remembers in that database.
   *
   * @param timeout how long the lost answer is waited for
   */
  public SimulatedProvider(Database database, Duration timeout, Clock clock) {
    this.memory = new SimulatorMemory(database, clock);
    this.timeout = timeout;
  }

  @Override
  public ProviderAnswer carryOut(ProviderCall call) {
    return switch (call) {
      case ProviderCall.Authorize authorize -> byToken(authorize, authorize.token());
      case ProviderCall.Charge charge -> byToken(charge, charge.token());
      case ProviderCall.Capture capture ->
          capture.reference().startsWith(EXPIRING)
              ? remember(capture, Optional.of(EXPIRED))
              : remember(capture, Optional.empty());
      case ProviderCall.Refund refund -> remember(refund, Optional.empty());
      case ProviderCall.VoidAuthorization ending -> voided(ending);
    };
  }

  private ProviderAnswer byToken(ProviderCall call, String token) {
    if (token.equals("tok_ok")) { // the usual one: what was before is found without a look
      return remember(call, Optional.empty());
    }
    return memory.recall(call.key()).orElseGet(() -> first(call, token));
  }

  private ProviderAnswer first(ProviderCall call, String token) {
    return switch (token) {
      case "tok_insufficient_funds" -> remember(call, Optional.of("INSUFFICIENT_FUNDS"));
      case "tok_slow_8s" -> {
        pause(SLOW);
        yield remember(call, Optional.empty());
      }
      case "tok_error_500" -> new Unknown("500");
      case "tok_timeout_then_charged" -> {
        ProviderAnswer lost = remember(call, Optional.empty());
        pause(timeout);
        yield new Unknown("no answer in " + timeout + ", it would have been " + lost);
      }
      case "tok_capture_fails" ->
          call instanceof ProviderCall.Authorize
              ? remember(call, Optional.empty(), EXPIRING)
              : remember(call, Optional.of(DECLINED));
      default -> remember(call, Optional.of(DECLINED));
    };
  }

  private ProviderAnswer voided(ProviderCall.VoidAuthorization call) {
    memory.decline(call.authorization().key(), "Authorize", VOIDED);
    return remember(call, Optional.empty());
  }

  private ProviderAnswer remember(ProviderCall call, Optional<String> declined) {
    return remember(call, declined, REFERENCE);
  }

  private ProviderAnswer remember(ProviderCall call, Optional<String> declined, String reference) {
    return memory.remember(
        new SimulatorMemory.Call(
            call.key(), call.getClass().getSimpleName(), declined, reference + UUID.randomUUID()));
  }

  private static void pause(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
