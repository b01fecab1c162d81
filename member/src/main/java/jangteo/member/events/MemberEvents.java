package jangteo.member.events;

import jangteo.chassis.events.Event;
import jangteo.chassis.events.ProtoTime;
import jangteo.member.domain.Member;
import jangteo.member.domain.TokenBlock;
import jangteo.member.v1.MemberChanged;

/** The events of the topics {@code members} and {@code token-blocks} (design, section 6). */
public final class MemberEvents {

  private static final String MEMBERS = "members";
  private static final String TOKEN_BLOCKS = "token-blocks";

  private MemberEvents() {}

  /** The member's public state: names, nothing else. */
  public static Event changed(Member member) {
    MemberChanged state =
        MemberChanged.newBuilder()
            .setMemberId(member.memberId())
            .setVersion(member.version())
            .setName(member.name())
            .setShopName(member.shopName().orElse(""))
            .setUpdatedAt(ProtoTime.of(member.updatedAt()))
            .build();
    return Event.of(MEMBERS, Long.toString(member.memberId()), state).withVersion(member.version());
  }

  /** The member is no more: whoever keeps its name forgets it. */
  public static Event erased(Member member) {
    return Event.tombstone(MEMBERS, Long.toString(member.memberId()), MemberChanged.class)
        .withVersion(member.version() + 1);
  }

  /** A block of tokens. */
  public static Event blocked(TokenBlock block) {
    return Event.of(TOKEN_BLOCKS, block.key(), message(block));
  }

  /** A block as the topic carries it. */
  public static jangteo.member.v1.TokenBlock message(TokenBlock block) {
    jangteo.member.v1.TokenBlock.Builder message =
        jangteo.member.v1.TokenBlock.newBuilder().setExpiresAt(ProtoTime.of(block.expiresAt()));
    switch (block) {
      case TokenBlock.OfToken token -> message.setTokenId(token.tokenId().toString());
      case TokenBlock.OfMember member ->
          message
              .setMemberId(member.memberId())
              .setIssuedBefore(ProtoTime.of(member.issuedBefore()));
    }
    return message.build();
  }

  /** A block whose tokens have all expired. */
  public static Event forgotten(String blockKey) {
    return Event.tombstone(TOKEN_BLOCKS, blockKey, jangteo.member.v1.TokenBlock.class);
  }
}
