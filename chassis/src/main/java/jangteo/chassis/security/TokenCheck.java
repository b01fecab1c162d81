package jangteo.chassis.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.helidon.common.Errors;
import io.helidon.config.Config;
import io.helidon.security.jwt.Jwt;
import io.helidon.security.jwt.JwtException;
import io.helidon.security.jwt.JwtHeaders;
import io.helidon.security.jwt.JwtValidator;
import io.helidon.security.jwt.SignedJwt;
import jakarta.json.JsonArray;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jangteo.chassis.web.Caller;
import jangteo.chassis.web.Problem;
import jangteo.chassis.web.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Checks access tokens as RFC 8725 and RFC 9068 ask: the algorithm is pinned to RS256 whatever the
 * token says, no other kind of token passes for an access token, signature, issuer, audience and
 * times are checked, and blocked tokens are refused.
 */
public final class TokenCheck {

  private static final String ALGORITHM = "RS256";

  /** RFC 9068, section 4; a media type, in which case does not count. */
  private static final Set<String> TYPES = Set.of("at+jwt", "application/at+jwt");

  /**
   * By how much two services' clocks may differ: so long after its {@code exp} a token still works,
   * and so long before its {@code iat} it works already.
   */
  public static final Duration CLOCK_SKEW = Duration.ofSeconds(10);

  private static final int MAX_LENGTH = 8192;

  /** Some megabytes. */
  private static final int MOST_REMEMBERED = 5_000;

  /** What a token said whose signature was found good. */
  private record Verified(Caller caller, String keyId) {}

  private final String issuer;
  private final String audience;
  private final SigningKeys keys;
  private final Predicate<Caller> blocked;
  private final InstantSource clock;

  /** To check a signature takes longer than anything else about most requests. */
  private final Cache<String, Verified> remembered =
      Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build();

  private TokenCheck(
      String issuer,
      String audience,
      SigningKeys keys,
      Predicate<Caller> blocked,
      InstantSource clock) {
    this.issuer = issuer;
    this.audience = audience;
    this.keys = keys;
    this.blocked = blocked;
    this.clock = clock;
  }

  /** Reads {@code security.issuer} and {@code security.audience}. */
  public static TokenCheck create(
      Config config, SigningKeys keys, Predicate<Caller> blocked, InstantSource clock) {
    return new TokenCheck(
        config.get("security.issuer").asString().get(),
        config.get("security.audience").asString().get(),
        keys,
        blocked,
        clock);
  }

  /**
   * Who a token belongs to.
   *
   * @throws ProblemException 401 for a forged, expired, foreign or blocked token; 503 while no
   *     signing keys are known
   */
  public Caller check(String token) {
    Verified verified = remembered.getIfPresent(token);
    if (verified == null || !works(verified)) {
      verified = read(token);
      remembered.put(token, verified);
    }
    if (blocked.test(verified.caller())) {
      throw refused("The token has been logged out.");
    }
    return verified.caller();
  }

  /**
   * What may have changed of a token since it was verified: its time, and whether its key counts.
   */
  private boolean works(Verified verified) {
    Instant now = clock.instant();
    Caller caller = verified.caller();
    return !now.isAfter(caller.expiresAt().plus(CLOCK_SKEW))
        && !now.isBefore(caller.issuedAt().minus(CLOCK_SKEW))
        && keys.forKey(verified.keyId()).forKeyId(verified.keyId()).isPresent();
  }

  private Verified read(String token) {
    try {
      return verified(token);
    } catch (ProblemException known) {
      throw known;
    } catch (RuntimeException e) {
      // The library fails on hostile text, such as an exp that is no number, in more ways than it
      // declares, and before it has looked at the signature; each means the same.
      throw refused("The token cannot be read.");
    }
  }

  private Verified verified(String token) {
    if (token.length() > MAX_LENGTH) {
      throw refused("The token is too long.");
    }
    SignedJwt signed = SignedJwt.parseToken(token);
    Jwt jwt = signed.getJwt();
    if (!jwt.algorithm().filter(ALGORITHM::equals).isPresent()) {
      throw refused("The token is not signed with " + ALGORITHM + ".");
    }
    JwtHeaders headers = jwt.headers();
    if (headers
        .type()
        .map(type -> type.toLowerCase(Locale.ROOT))
        .filter(TYPES::contains)
        .isEmpty()) {
      throw refused("The token is no access token.");
    }
    if (headers.headerClaim("crit").isPresent()) {
      throw refused("The token asks for an extension that is not known here.");
    }
    String keyId = jwt.keyId().orElseThrow(() -> refused("The token names no key."));
    Errors signature = verify(signed, keyId);
    if (!signature.isValid()) {
      throw refused("The token's signature is not ours.");
    }
    if (!validator().validate(jwt).isValid()) {
      throw refused(invalid(jwt));
    }
    return new Verified(caller(jwt).orElseThrow(() -> refused("The token lacks a claim.")), keyId);
  }

  private Errors verify(SignedJwt signed, String keyId) {
    try {
      return signed.verifySignature(keys.forKey(keyId));
    } catch (JwtException e) {
      throw refused("The token's signature is not ours.");
    }
  }

  private JwtValidator validator() {
    // iat and exp are required further down; nbf is optional.
    return JwtValidator.builder()
        .addIssuerValidator(issuer)
        .addAudienceValidator(audience)
        .addDefaultTimeValidators(clock.instant(), CLOCK_SKEW, false)
        .build();
  }

  private String invalid(Jwt jwt) {
    Instant now = clock.instant();
    if (jwt.expirationTime().filter(end -> end.plus(CLOCK_SKEW).isBefore(now)).isPresent()) {
      return "The token has expired.";
    }
    Instant soon = now.plus(CLOCK_SKEW);
    if (jwt.issueTime().filter(soon::isBefore).isPresent()
        || jwt.notBefore().filter(soon::isBefore).isPresent()) {
      return "The token is not valid yet.";
    }
    return "The token was not issued for this shop.";
  }

  private static Optional<Caller> caller(Jwt jwt) {
    Optional<Long> memberId = jwt.subject().flatMap(TokenCheck::id);
    Optional<String> tokenId = jwt.jwtId();
    Optional<Instant> issued = jwt.issueTime();
    Optional<Instant> expires = jwt.expirationTime();
    if (memberId.isEmpty() || tokenId.isEmpty() || issued.isEmpty() || expires.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Caller(memberId.get(), roles(jwt), tokenId.get(), issued.get(), expires.get()));
  }

  private static Set<String> roles(Jwt jwt) {
    Set<String> roles = new HashSet<>();
    JsonValue claim = jwt.payloadClaim("roles").orElse(JsonValue.EMPTY_JSON_ARRAY);
    if (claim instanceof JsonArray array) {
      for (JsonValue role : array) {
        if (role instanceof JsonString name) {
          roles.add(name.getString());
        }
      }
    }
    return roles;
  }

  private static Optional<Long> id(String subject) {
    try {
      return Optional.of(Long.parseLong(subject)).filter(id -> id > 0);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static ProblemException refused(String detail) {
    return Problem.unauthorized(detail)
        .withHeaders(java.util.Map.of("WWW-Authenticate", "Bearer error=\"invalid_token\""))
        .exception();
  }
}
