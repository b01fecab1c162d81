package jangteo.member.auth;

import jangteo.chassis.security.TokenCheck;
import jangteo.chassis.web.Caller;
import jangteo.chassis.web.Problem;
import jangteo.member.store.BlockedTokens;
import java.util.Map;

/**
 * Whether a token may be used at this moment. What every service checks is checked here too (it
 * costs some tens of microseconds), and then Redis is asked, which knows of a logout on any
 * instance before that logout is answered.
 */
public final class BlockCheck {

  private static final String SCHEME = "Bearer ";

  private final TokenCheck check;
  private final BlockedTokens blockedTokens;

  /**
   * Combines the two.
   *
   * @param check signature, claims, and the blocks that this instance has in memory
   */
  public BlockCheck(TokenCheck check, BlockedTokens blockedTokens) {
    this.check = check;
    this.blockedTokens = blockedTokens;
  }

  /**
   * Passes or throws.
   *
   * @param authorization the header of that name
   * @throws jangteo.chassis.web.ProblemException 401 when the token does not work or works no more
   */
  public void requireUsable(String authorization) {
    if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw Problem.unauthorized("Send the token as: Authorization: Bearer <token>.").exception();
    }
    Caller caller = check.check(authorization.substring(SCHEME.length()).strip());
    String memberId = Long.toString(caller.memberId());
    if (blockedTokens.contains(caller.tokenId(), memberId, caller.issuedAt())) {
      throw Problem.unauthorized("The token has been logged out.")
          .withHeaders(Map.of("WWW-Authenticate", "Bearer error=\"invalid_token\""))
          .exception();
    }
  }
}
