package jangteo.chassis.web;

import java.time.Instant;
import java.util.Set;

/**
 * Who makes a request, as the checked token says.
 *
 * @param memberId the token's {@code sub}
 * @param roles BUYER, SELLER, ADMIN
 * @param tokenId the token's {@code jti}
 * @param issuedAt the token's {@code iat}
 * @param expiresAt the token's {@code exp}
 */
public record Caller(
    long memberId, Set<String> roles, String tokenId, Instant issuedAt, Instant expiresAt) {

  /** Copies the roles. */
  public Caller {
    roles = Set.copyOf(roles);
  }

  /** Whether the caller has the role. */
  public boolean is(String role) {
    return roles.contains(role);
  }
}
