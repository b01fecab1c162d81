package jangteo.member;

import static org.assertj.core.api.Assertions.assertThat;

import jangteo.testkit.Rest;
import java.util.Map;
import java.util.UUID;

/**
 * Somebody who has signed up.
 *
 * @param anyone the service without a token
 */
record Person(Rest anyone, String memberId, String email, String password) {

  static final String PASSWORD = "correct horse battery";

  /** A new member of that name. */
  static Person signUp(Rest anyone, String name) {
    String email = "p" + UUID.randomUUID().toString().replace("-", "") + "@example.com";
    Rest.Answer answer =
        anyone.post("/api/v1/members", Map.of("email", email, "password", PASSWORD, "name", name));
    assertThat(answer.status()).isEqualTo(201);
    return new Person(anyone, answer.body().path("memberId").asText(), email, PASSWORD);
  }

  /** The admin of the configuration. */
  static Person admin(Rest anyone) {
    return new Person(anyone, "", RunningMember.ADMIN_EMAIL, RunningMember.ADMIN_PASSWORD);
  }

  /** The same at another instance. */
  Person at(Rest other) {
    return new Person(other, memberId, email, password);
  }

  Person withPassword(String other) {
    return new Person(anyone, memberId, email, other);
  }

  Rest.Answer tryLogin() {
    return anyone.post("/api/v1/auth/login", Map.of("email", email, "password", password));
  }

  Login login() {
    Rest.Answer answer = tryLogin();
    assertThat(answer.status()).isEqualTo(200);
    return Login.of(anyone, answer);
  }

  /** A pair of tokens. */
  record Login(Rest anyone, String accessToken, String refreshToken) {

    static Login of(Rest anyone, Rest.Answer answer) {
      return new Login(
          anyone,
          answer.body().path("accessToken").asText(),
          answer.body().path("refreshToken").asText());
    }

    Rest rest() {
      return anyone.as(accessToken);
    }

    /** What its access token is answered with. */
    int status() {
      return rest().get("/api/v1/members/me").status();
    }

    Rest.Answer refresh() {
      return anyone.post("/api/v1/auth/refresh", Map.of("refreshToken", refreshToken));
    }
  }
}
