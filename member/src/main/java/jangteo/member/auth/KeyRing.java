package jangteo.member.auth;

import io.helidon.security.jwt.jwk.JwkKeys;
import jangteo.chassis.Ids;
import jangteo.chassis.Part;
import jangteo.chassis.Readiness;
import jangteo.chassis.data.Database;
import jangteo.chassis.security.SigningKeys;
import jangteo.chassis.web.Problem;
import jangteo.member.store.SigningKeyTable;
import jangteo.member.store.SigningKeyTable.Protection;
import jangteo.member.store.SigningKeyTable.StoredKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of the access tokens, kept in MySQL, so that all instances sign and verify with the same
 * ones. The first instance makes the first key; each looks for new ones every few seconds.
 */
public final class KeyRing implements Part, SigningKeys {

  private static final Logger LOG = LoggerFactory.getLogger(KeyRing.class);
  private static final int BITS = 2048;
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

  private final Database database;
  private final SigningKeyTable table;
  private final KeyProtection protection;
  private final Clock clock;
  private final Ids ids;
  private volatile Optional<KeySet> current = Optional.empty();
  private final Repeated loading = new Repeated("signing-keys", LOOK_AGAIN, this::load);

  /** Keys in that database. */
  public KeyRing(
      Database database, SigningKeyTable table, KeyProtection protection, Clock clock, Ids ids) {
    this.database = database;
    this.table = table;
    this.protection = protection;
    this.clock = clock;
    this.ids = ids;
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
    loading.start();
  }

  @Override
  public void stop() {
    loading.stop();
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
      StoredKey first = make(1, clock.instant());
      database.read(
          sql -> {
            table.add(sql, first);
            return true;
          });
      stored = database.read(table::all);
    }
    current = Optional.of(KeySet.of(stored.stream().map(this::open).toList()));
  }

  private StoredKey make(int generation, Instant signsFrom) {
    if (protection.kind() == Protection.PLAIN) {
      LOG.warn(
          "The private signing key is kept unencrypted: set signing-keys.encryption-key to change"
              + " that");
    }
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(BITS);
      KeyPair pair = generator.generateKeyPair();
      return new StoredKey(
          generation,
          ids.uuid().toString(),
          protection.protect(pair.getPrivate().getEncoded()),
          protection.kind(),
          pair.getPublic().getEncoded(),
          clock.instant(),
          signsFrom);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has RSA", e);
    }
  }

  private KeySet.Key open(StoredKey stored) {
    try {
      KeyFactory rsa = KeyFactory.getInstance("RSA");
      byte[] pkcs8 = protection.reveal(stored.privateKey(), stored.protection());
      return new KeySet.Key(
          stored.keyId(),
          (RSAPublicKey) rsa.generatePublic(new X509EncodedKeySpec(stored.publicKey())),
          (RSAPrivateKey) rsa.generatePrivate(new PKCS8EncodedKeySpec(pkcs8)),
          stored.signsFrom());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("signing key " + stored.keyId() + " cannot be read", e);
    }
  }
}
