package jangteo.member;

import static org.assertj.core.api.Assertions.assertThat;

import jangteo.testkit.Rest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A page of another origin that logs its member in, as a browser lets it. */
class CrossOriginTest {

  private static final String SHOP = "https://shop.example";

  @Test
  @Tag("ASVS-3.4.2")
  void aPageOfANamedOriginLogsInAndReadsWhyNot() {
    try (RunningMember member = RunningMember.start(Map.of("cors.allow-origins", SHOP))) {
      Rest.Answer preflight =
          member
              .rest()
              .send(
                  "OPTIONS",
                  "/api/v1/auth/login",
                  BodyPublishers.noBody(),
                  "Origin",
                  SHOP,
                  "Access-Control-Request-Method",
                  "POST",
                  "Access-Control-Request-Headers",
                  "content-type");
      assertThat(preflight.status()).isEqualTo(204);
      assertThat(preflight.header("Access-Control-Allow-Origin")).contains(SHOP);

      Rest.Answer wrong = login(member, SHOP, "not the password");
      assertThat(wrong.status()).isEqualTo(401);
      assertThat(wrong.header("Access-Control-Allow-Origin")).contains(SHOP);
      Rest.Answer right = login(member, SHOP, RunningMember.ADMIN_PASSWORD);
      assertThat(right.status()).isEqualTo(200);
      assertThat(right.header("Access-Control-Allow-Origin")).contains(SHOP);

      Rest.Answer foreign = login(member, "https://evil.example", RunningMember.ADMIN_PASSWORD);
      assertThat(foreign.header("Access-Control-Allow-Origin")).isEmpty();
    }
  }

  private static Rest.Answer login(RunningMember member, String origin, String password) {
    return member
        .rest()
        .post(
            "/api/v1/auth/login",
            Map.of("email", RunningMember.ADMIN_EMAIL, "password", password),
            "Origin",
            origin);
  }
}
