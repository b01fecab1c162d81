package jangteo.payment.provider;

import io.helidon.config.Config;
import jangteo.chassis.data.Database;
import jangteo.payment.domain.Provider;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;

/** Which provider of card payments a shop has. */
public enum ProviderKind {
  /** Steered by the card's token. */
  SIMULATOR,
  /** A real one. */
  STRIPE;

  /**
   * The provider that the configuration names.
   *
   * @param config the node {@code provider}: kind, and what that kind needs
   * @throws IllegalArgumentException for a kind that there is not, or one that lacks something
   */
  public static Provider provider(Config config, Database database, Clock clock) {
    String kind = config.get("kind").asString().get();
    return switch (valueOf(kind.toUpperCase(Locale.ROOT))) {
      case SIMULATOR ->
          new SimulatedProvider(
              database, config.get("simulator-timeout").as(Duration.class).get(), clock);
      case STRIPE -> StripeProvider.create(config.get("stripe"));
    };
  }
}
