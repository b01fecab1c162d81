package jangteo.member.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class MemberTest {

  private static final Instant THEN = Instant.parse("2026-11-22T09:00:00Z");
  private static final Instant NOW = THEN.plusSeconds(60);

  private final Member minji =
      Member.signUp(7, Email.parse("minji@example.com").orElseThrow(), "민지", THEN);

  @Test
  void everyMemberBuys() {
    assertThat(minji.roles()).containsExactly(Role.BUYER);
  }

  @Test
  void whoOpensAShopSells() {
    Member seller = minji.nameShop("민지네 가게", NOW);
    assertThat(seller.roles()).containsExactly(Role.BUYER, Role.SELLER);
    assertThat(seller.version()).isEqualTo(2);
    assertThat(seller.updatedAt()).isEqualTo(NOW);
  }

  @Test
  void theFirstAdminBuysToo() {
    assertThat(minji.asAdmin().roles()).containsExactly(Role.BUYER, Role.ADMIN);
  }

  @Test
  void aChangeThatChangesNothingIsNoNewVersion() {
    assertThat(minji.rename("민지", NOW)).isSameAs(minji);
    assertThat(minji.rename("지민", NOW).version()).isEqualTo(2);
  }
}
