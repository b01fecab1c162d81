package jangteo.member.auth;

import io.helidon.security.jwt.Jwt;
import io.helidon.security.jwt.SignedJwt;
import jangteo.chassis.Ids;
import jangteo.member.domain.Member;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Issues access tokens: JWTs of the profile of RFC 9068, signed by RS256. */
public final class AccessTokens {

  /**
   * What every token says.
   *
   * @param issuer {@code iss}
   * @param audience {@code aud}
   * @param life from {@code iat} to {@code exp}
   */
  public record Profile(String issuer, String audience, Duration life) {}

  record Issued(String token, UUID tokenId, Instant expiresAt) {}

  private final KeyRing keys;
  private final Profile profile;
  private final Clock clock;
  private final Ids ids;

  /** Issues tokens that these keys sign. */
  public AccessTokens(KeyRing keys, Profile profile, Clock clock, Ids ids) {
    this.keys = keys;
    this.profile = profile;
    this.clock = clock;
    this.ids = ids;
  }

  Duration life() {
    return profile.life();
  }

  /**
   * A token for the member with the roles that it has now.
   *
   * @param notBefore the earliest {@code iat}: older ones of this member are blocked
   */
  Issued issue(Member member, Instant notBefore) {
    KeySet.Key key = keys.signing();
    Instant second = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Instant now = second.isBefore(notBefore) ? notBefore : second;
    Instant expiresAt = now.plus(profile.life());
    UUID tokenId = ids.uuid();
    Jwt jwt =
        Jwt.builder()
            .keyId(key.keyId())
            .algorithm("RS256")
            .type("at+jwt")
            .issuer(profile.issuer())
            .addAudience(profile.audience())
            .subject(Long.toString(member.memberId()))
            .jwtId(tokenId.toString())
            .issueTime(now)
            .notBefore(now)
            .expirationTime(expiresAt)
            .addPayloadClaim("roles", member.roles().stream().map(Enum::name).toList())
            .build();
    return new Issued(SignedJwt.sign(jwt, key.signing()).tokenContent(), tokenId, expiresAt);
  }
}
