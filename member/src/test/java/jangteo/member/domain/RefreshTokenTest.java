package jangteo.member.domain;

import static jangteo.member.domain.RefreshToken.Verdict.REFUSE;
import static jangteo.member.domain.RefreshToken.Verdict.REVOKE_FAMILY;
import static jangteo.member.domain.RefreshToken.Verdict.ROTATE;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RefreshTokenTest {

  private static final Instant END = Instant.parse("2026-12-06T09:00:00Z");
  private static final Instant BEFORE = END.minusNanos(1);

  @Test
  void aFreshOneIsExchanged() {
    assertThat(token(false, false).shown(BEFORE)).isEqualTo(ROTATE);
  }

  @Test
  void aUsedOneEndsItsFamily() {
    assertThat(token(true, false).shown(BEFORE)).isEqualTo(REVOKE_FAMILY);
  }

  @Test
  @Tag("ASVS-7.3.2")
  @Tag("ASVS-10.4.8")
  void oneThatEndedIsRefused() {
    assertThat(token(false, false).shown(END)).isEqualTo(REFUSE);
    assertThat(token(false, true).shown(BEFORE)).isEqualTo(REFUSE);
    assertThat(token(true, true).shown(BEFORE)).isEqualTo(REFUSE);
  }

  private static RefreshToken token(boolean used, boolean revoked) {
    return new RefreshToken(UUID.randomUUID(), 7, END, used, revoked);
  }
}
