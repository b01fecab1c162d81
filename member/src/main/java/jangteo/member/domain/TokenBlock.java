package jangteo.member.domain;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Access tokens that work no more although they have not expired. */
public sealed interface TokenBlock {

  /** When the last of them expires by itself, and the block can be forgotten. */
  Instant expiresAt();

  /** Its name in every store and in the topic {@code token-blocks}. */
  String key();

  /**
   * A block as it is stored.
   *
   * @param issuedBefore empty for the block of one token
   */
  static TokenBlock of(String key, Optional<Instant> issuedBefore, Instant expiresAt) {
    String id = key.substring(key.indexOf(':') + 1);
    return issuedBefore
        .<TokenBlock>map(before -> new OfMember(Long.parseLong(id), before, expiresAt))
        .orElseGet(() -> new OfToken(UUID.fromString(id), expiresAt));
  }

  /** One token. */
  record OfToken(UUID tokenId, Instant expiresAt) implements TokenBlock {
    @Override
    public String key() {
      return key(tokenId.toString());
    }

    /** The key of a block of this token, were there one. */
    public static String key(String tokenId) {
      return "jti:" + tokenId;
    }
  }

  /** All tokens of a member that were issued before a time. */
  record OfMember(long memberId, Instant issuedBefore, Instant expiresAt) implements TokenBlock {
    @Override
    public String key() {
      return key(Long.toString(memberId));
    }

    /** The key of a block of this member, were there one. */
    public static String key(String memberId) {
      return "member:" + memberId;
    }
  }
}
