package jangteo.member.auth;

import jangteo.chassis.data.Sql;
import jangteo.chassis.data.Transaction;
import jangteo.chassis.web.Caller;
import jangteo.chassis.web.Problem;
import jangteo.member.domain.SecurityEvent;
import jangteo.member.store.SecurityLog;
import jangteo.member.store.SigningKeyTable;
import jangteo.member.store.SigningKeyTable.StoredKey;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * New signing keys without a refused token: a key is published a while before it signs, so that
 * whoever checks tokens has fetched it by then, and the one before it verifies until the last token
 * that it has signed is over.
 */
public final class RotatingKeys {

  /** What a key is for at the moment. */
  public enum Use {
    /** It is published; nothing is signed with it yet. */
    PUBLISHED,
    /** New tokens are signed with it. */
    SIGNS,
    /** It verifies tokens that it has signed. */
    VERIFIES
  }

  /** A key without its private half. */
  public record Key(String keyId, Use use, Instant createdAt, Instant signsFrom) {}

  /** A pair that nobody knows of yet. */
  public static final class Prepared {
    private final KeyPair pair;

    private Prepared(KeyPair pair) {
      this.pair = pair;
    }

    private KeyPair pair() {
      return pair;
    }
  }

  private final SigningKeyTable table;
  private final KeyMaker maker;
  private final Duration lead;
  private final SecurityLog log;
  private final Clock clock;

  /**
   * Wires it.
   *
   * @param lead how long a key is published before it signs: longer than anybody who checks tokens
   *     keeps the keys without asking for new ones
   */
  public RotatingKeys(
      SigningKeyTable table, KeyMaker maker, Duration lead, SecurityLog log, Clock clock) {
    if (lead.compareTo(KeyRing.LOOK_AGAIN.multipliedBy(2)) < 0) {
      throw new IllegalArgumentException(
          "signing-keys.lead is %s, shorter than %s"
              .formatted(lead, KeyRing.LOOK_AGAIN.multipliedBy(2)));
    }
    this.table = table;
    this.maker = maker;
    this.lead = lead;
    this.log = log;
    this.clock = clock;
  }

  /** A key to be published; it takes a while to make. */
  public Prepared prepare() {
    return new Prepared(maker.pair());
  }

  /**
   * Publishes a key that is to sign.
   *
   * @throws jangteo.chassis.web.ProblemException 409 while another one waits for its time
   */
  public Key rotate(Transaction tx, Prepared prepared, Caller admin) {
    Instant now = clock.instant();
    StoredKey newest = table.lockNewest(tx).orElseThrow(RotatingKeys::waiting);
    if (newest.signsFrom().isAfter(now)) {
      throw waiting();
    }
    StoredKey made = maker.stored(prepared.pair(), newest.generation() + 1, lead);
    if (!table.add(tx, made)) {
      throw waiting();
    }
    log.own(tx, SecurityEvent.SIGNING_KEY_ADDED, admin.memberId());
    return new Key(made.keyId(), Use.PUBLISHED, made.createdAt(), made.signsFrom());
  }

  /** All keys, the newest first. */
  public List<Key> all(Sql sql) {
    Instant now = clock.instant();
    List<StoredKey> stored = table.all(sql);
    Optional<StoredKey> signs =
        stored.stream().filter(key -> !key.signsFrom().isAfter(now)).findFirst();
    return stored.stream()
        .map(key -> new Key(key.keyId(), use(key, signs), key.createdAt(), key.signsFrom()))
        .toList();
  }

  private static Use use(StoredKey key, Optional<StoredKey> signs) {
    long signing = signs.map(StoredKey::generation).orElse(0L);
    if (key.generation() == signing) {
      return Use.SIGNS;
    }
    return key.generation() > signing ? Use.PUBLISHED : Use.VERIFIES;
  }

  private static RuntimeException waiting() {
    return Problem.conflict("A new key is published already and does not sign yet.").exception();
  }
}
