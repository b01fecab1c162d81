package jangteo.member.auth;

/**
 * What a login answers (RFC 6749, 5.1).
 *
 * @param accessToken for the header {@code Authorization}
 * @param refreshToken for one refresh
 * @param tokenType {@code Bearer}
 * @param expiresIn the life of the access token in seconds
 */
public record TokenPair(String accessToken, String refreshToken, String tokenType, long expiresIn) {

  /** Hides the tokens: what is printed ends in logs. */
  @Override
  public String toString() {
    return "TokenPair[hidden]";
  }
}
