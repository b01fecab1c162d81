package jangteo.member.auth;

import jangteo.chassis.data.Sql;
import jangteo.chassis.data.Transaction;
import jangteo.chassis.web.Problem;
import jangteo.member.domain.Member;
import jangteo.member.domain.SecurityEvent;
import jangteo.member.store.RateLimit;
import jangteo.member.store.SecondFactors;
import jangteo.member.store.SecondFactors.Kept;
import jangteo.member.store.SecurityLog;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The second factor of members who want one: codes of an authenticator app (RFC 6238), and recovery
 * codes for who has lost it. All is done under the member's lock, so a code works once.
 */
public final class SecondFactor {

  private static final int RECOVERY_CODES = 10;

  /** So many that a plain hash of them is enough (OWASP ASVS 5.0, 6.5.2: 112 bits). */
  private static final int RECOVERY_BYTES = 15;

  /**
   * What an authenticator app is given.
   *
   * @param secret in Base32
   * @param uri the same for a QR code ({@code otpauth:})
   */
  public record Setup(String secret, String uri) {

    /** Hides both: what is printed ends in logs. */
    @Override
    public String toString() {
      return "Setup[hidden]";
    }
  }

  private final SecondFactors factors;
  private final KeyProtection protection;
  private final RateLimit limit;
  private final SecurityLog log;
  private final SecureRandom random;
  private final Clock clock;

  /**
   * Wires it.
   *
   * @param limit how many codes of a member may be tried: neither a stolen password nor a stolen
   *     token guesses one
   */
  public SecondFactor(
      SecondFactors factors,
      KeyProtection protection,
      RateLimit limit,
      SecurityLog log,
      SecureRandom random,
      Clock clock) {
    this.factors = factors;
    this.protection = protection;
    this.limit = limit;
    this.log = log;
    this.random = random;
    this.clock = clock;
  }

  /** Whether the member is asked for a code at login. */
  public boolean enabled(Sql sql, long memberId) {
    return factors.find(sql, memberId).filter(Kept::confirmed).isPresent();
  }

  /**
   * A new secret for a locked member; it is asked for once it is confirmed.
   *
   * @throws jangteo.chassis.web.ProblemException 409 when there is a confirmed one
   */
  public Setup begin(Transaction tx, Member member) {
    if (enabled(tx, member.memberId())) {
      throw Problem.conflict("There is a second factor already; remove it first.").exception();
    }
    byte[] secret = bytes(Totp.SECRET_BYTES);
    factors.begin(
        tx, member.memberId(), protection.protect(secret), protection.kind(), clock.instant());
    String text = Totp.base32(secret);
    return new Setup(
        text,
        "otpauth://totp/Jangteo:%d?secret=%s&issuer=Jangteo".formatted(member.memberId(), text));
  }

  /**
   * The app of a locked member shows right codes: from now on they are asked for.
   *
   * @return recovery codes, shown this once
   * @throws jangteo.chassis.web.ProblemException 409 when none was begun, or it is confirmed; 422
   *     naming {@code code} when that is wrong
   */
  public List<String> confirm(Transaction tx, Member member, String code) {
    long memberId = member.memberId();
    Kept kept =
        factors
            .find(tx, memberId)
            .filter(found -> !found.confirmed())
            .orElseThrow(
                () -> Problem.conflict("There is no second factor to confirm.").exception());
    if (!use(tx, memberId, kept, code)) {
      throw Problem.invalid("code", "is wrong").exception();
    }
    List<String> recovery = Stream.generate(this::recoveryCode).limit(RECOVERY_CODES).toList();
    factors.addRecoveryCodes(
        tx, memberId, recovery.stream().map(each -> RandomTokens.hash(normal(each))).toList());
    log.own(tx, SecurityEvent.SECOND_FACTOR_ADDED, memberId);
    return recovery;
  }

  /**
   * Removes the factor of a locked member who still has it.
   *
   * @throws jangteo.chassis.web.ProblemException 404 without one; 422 naming {@code code} when that
   *     is wrong; 429 after too many
   */
  public void remove(Transaction tx, Member member, String code) {
    if (factors.find(tx, member.memberId()).isEmpty()) {
      throw Problem.notFound("You have no second factor.").exception();
    }
    if (!passes(tx, member.memberId(), code)) {
      throw Problem.invalid("code", "is wrong").exception();
    }
    factors.delete(tx, member.memberId());
    log.own(tx, SecurityEvent.SECOND_FACTOR_REMOVED, member.memberId());
  }

  /**
   * Whether it is a code of the app, or a recovery code of a locked member; it is used up.
   *
   * @throws jangteo.chassis.web.ProblemException 429 after too many
   */
  boolean passes(Transaction tx, long memberId, String code) {
    limit
        .take(Long.toString(memberId))
        .ifPresent(
            wait -> {
              throw Problem.tooManyRequests("Too many codes were tried.", wait).exception();
            });
    return factors.find(tx, memberId).filter(kept -> use(tx, memberId, kept, code)).isPresent()
        || factors.useRecoveryCode(tx, memberId, RandomTokens.hash(normal(code)));
  }

  private boolean use(Transaction tx, long memberId, Kept kept, String code) {
    byte[] secret = protection.reveal(kept.secret(), kept.protection());
    OptionalLong step = Totp.step(secret, code.strip(), clock.instant(), kept.lastStep());
    step.ifPresent(used -> factors.used(tx, memberId, used));
    return step.isPresent();
  }

  /** 120 random bits, in three groups. */
  private String recoveryCode() {
    return Totp.base32(bytes(RECOVERY_BYTES)).replaceAll("(?<=.)(?=(.{8})+$)", "-");
  }

  private static String normal(String code) {
    return code.strip().toUpperCase(Locale.ROOT);
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
