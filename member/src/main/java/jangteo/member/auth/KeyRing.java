package jangteo.member.auth;

import io.helidon.security.jwt.jwk.JwkKeys;
import jangteo.chassis.Part;
import jangteo.chassis.Preparation;
import jangteo.chassis.Readiness;
import jangteo.chassis.Recurring;
import jangteo.chassis.data.Database;
import jangteo.chassis.security.SigningKeys;
import jangteo.chassis.security.TokenCheck;
import jangteo.chassis.web.Problem;
import jangteo.member.store.SigningKeyTable;
import jangteo.member.store.SigningKeyTable.StoredKey;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The keys of the access tokens, kept in MySQL, so that all instances sign and verify with the same
 * ones. The first instance makes the first key; each looks for new ones every few seconds, and
 * removes those by which no token that still works can be signed.
 */
public final class KeyRing implements Part, SigningKeys {

  /** How long a key that another instance has added may be unknown here. */
  static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

  private final Database database;
  private final SigningKeyTable table;
  private final KeyMaker maker;
  private final Duration verifies;
  private final Clock clock;
  private volatile Optional<KeySet> current = Optional.empty();
  private final Preparation first = new Preparation("signing-keys", this::load);
  private final Recurring again =
      new Recurring(
          "signing-keys-again",
          LOOK_AGAIN,
          () -> {
            load();
            return false;
          });

  /**
   * Keys in that database.
   *
   * @param tokensLive how long a token works after it was signed
   */
  public KeyRing(
      Database database, SigningKeyTable table, KeyMaker maker, Duration tokensLive, Clock clock) {
    this.database = database;
    this.table = table;
    this.maker = maker;
    this.verifies = tokensLive.plus(TokenCheck.CLOCK_SKEW).plus(LOOK_AGAIN);
    this.clock = clock;
  }

  /** The public keys for checking tokens here, without a call to oneself. */
  @Override
  public JwkKeys forKey(String keyId) {
    return keys().verifying();
  }

  /** The public keys as they are published. */
  public Object published() {
    return keys().published();
  }

  KeySet.Key signing() {
    return keys().signingAt(clock.instant());
  }

  @Override
  public String name() {
    return "signing-keys";
  }

  @Override
  public void start() {
    first.start();
    again.start();
  }

  @Override
  public void stop() {
    first.stop();
    again.stop();
  }

  @Override
  public Readiness readiness() {
    return current.isPresent() ? Readiness.yes() : Readiness.no("no signing key is loaded");
  }

  private KeySet keys() {
    return current.orElseThrow(
        () -> Problem.unavailable("Keys are not loaded yet.", Duration.ofSeconds(1)).exception());
  }

  private void load() {
    List<StoredKey> stored = database.read(table::all);
    if (stored.isEmpty()) {
      StoredKey made = maker.stored(maker.pair(), 1, Duration.ZERO);
      database.transact(tx -> table.add(tx, made));
      stored = database.read(table::all);
    }
    stored.stream()
        .filter(key -> !key.signsFrom().plus(verifies).isAfter(clock.instant()))
        .mapToLong(StoredKey::generation)
        .max()
        .ifPresent(this::retireBefore);
    current = Optional.of(KeySet.of(stored.stream().map(maker::open).toList()));
  }

  /** The next look is without them. */
  private void retireBefore(long generation) {
    database.transact(tx -> table.removeBefore(tx, generation));
  }
}
