package jangteo.member.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import jangteo.member.domain.Member;
import jangteo.member.domain.Role;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** A member as its owner sees it. */
record MemberView(
    String memberId,
    String email,
    boolean emailVerified,
    String name,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<String> shopName,
    Set<Role> roles,
    Member.Status status,
    Instant createdAt) {

  static MemberView of(Member member) {
    return new MemberView(
        Long.toString(member.memberId()),
        member.email().address(),
        member.emailVerified(),
        member.name(),
        member.shopName(),
        member.roles(),
        member.status(),
        member.createdAt());
  }
}
