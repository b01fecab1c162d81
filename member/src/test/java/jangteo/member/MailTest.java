package jangteo.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jangteo.member.Person.Login;
import jangteo.testkit.Rest;
import jangteo.testkit.WrongBodies;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What members do by mail, over a real SMTP server. */
@ExtendWith(SharedMember.class)
class MailTest {

  private static final String ME = "/api/v1/members/me";
  private static final String FORGOT = "/api/v1/auth/password/forgot";
  private static final String RESET = "/api/v1/auth/password/reset";
  private static final String VERIFY = "/api/v1/auth/verify";
  private static final String NEW_PASSWORD = "another horse battery";

  private static RunningMember member;
  private static Rest anyone;

  @BeforeAll
  static void start(RunningMember shared) {
    member = shared;
    anyone = member.rest();
  }

  @Test
  void whoReadsItsMailIsVerifiedOnce() {
    Person minji = Person.signUp(anyone, "민지");
    Rest rest = minji.login().rest();
    assertThat(rest.get(ME).body().path("emailVerified").asBoolean()).isFalse();

    String token = token(minji, "Confirm");
    assertThat(anyone.post(VERIFY, Map.of("token", token)).status()).isEqualTo(204);
    assertThat(rest.get(ME).body().path("emailVerified").asBoolean()).isTrue();
    assertThat(anyone.post(VERIFY, Map.of("token", token)).status()).isEqualTo(422);

    assertThat(rest.post(ME + "/verification").status()).isEqualTo(202);
    awaitNoMailTo(minji.email());
    assertThat(member.mailsTo(minji.email())).hasSize(1);
  }

  @Test
  @Tag("ASVS-6.4.3")
  void aForgottenPasswordIsChosenAnewAndEndsAllSessions() {
    Person minji = Person.signUp(anyone, "민지");
    Login before = minji.login();
    String verification = token(minji, "Confirm");
    assertThat(anyone.post(FORGOT, Map.of("email", minji.email())).status()).isEqualTo(202);
    String token = token(minji, "Choose");

    assertThat(reset(token, "short").status()).isEqualTo(422);
    assertThat(reset(verification, NEW_PASSWORD).status()).isEqualTo(422);
    assertThat(anyone.post(VERIFY, Map.of("token", token)).status()).isEqualTo(422);
    assertThat(reset(token, NEW_PASSWORD).status()).isEqualTo(204);

    assertThat(reset(token, "a third horse battery").status()).isEqualTo(422);
    assertThat(before.status()).isEqualTo(401);
    assertThat(before.refresh().status()).isEqualTo(401);
    assertThat(minji.tryLogin().status()).isEqualTo(401);
    Login after = minji.withPassword(NEW_PASSWORD).login();
    assertThat(after.rest().get(ME).body().path("emailVerified").asBoolean()).isTrue();
    member.mailTo(minji.email(), "changed");
    assertThat(
            member.query(
                "SELECT COUNT(*) FROM security_log WHERE event = 'PASSWORD_RESET' AND member_id = ?",
                minji.memberId()))
        .containsExactly("1");
  }

  @Test
  @Tag("ASVS-6.4.1")
  void ofManyUsesOfOneTokenOneWins() throws Exception {
    Person minji = Person.signUp(anyone, "민지");
    anyone.post(FORGOT, Map.of("email", minji.email()));
    String token = token(minji, "Choose");
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Integer> attempt = () -> reset(token, NEW_PASSWORD).status();
      List<Future<Integer>> answers = threads.invokeAll(java.util.Collections.nCopies(4, attempt));
      int won = 0;
      for (Future<Integer> answer : answers) {
        assertThat(answer.get()).isIn(204, 422);
        won += answer.get() == 204 ? 1 : 0;
      }
      assertThat(won).isEqualTo(1);
    }
  }

  @Test
  void nobodyLearnsWhetherThereIsSuchAMember() {
    String nobody = "n" + UUID.randomUUID() + "@example.com";
    Rest.Answer unknown = anyone.post(FORGOT, Map.of("email", nobody));
    Rest.Answer known = anyone.post(FORGOT, Map.of("email", Person.signUp(anyone, "x").email()));
    assertThat(unknown.status()).isEqualTo(202).isEqualTo(known.status());
    assertThat(unknown.body()).isEqualTo(known.body());
    awaitNoMailTo(nobody);
    assertThat(member.mailsTo(nobody)).isEmpty();
  }

  @Test
  @Tag("ASVS-2.4.1")
  void nobodysMailboxIsFilled() {
    String email = "n" + UUID.randomUUID() + "@example.com";
    int taken = 0;
    Rest.Answer answer = anyone.post(FORGOT, Map.of("email", email));
    while (answer.status() == 202) {
      taken++;
      answer = anyone.post(FORGOT, Map.of("email", email));
    }
    assertThat(taken).isEqualTo(10);
    assertThat(answer.status()).isEqualTo(429);
    assertThat(Long.parseLong(answer.header("Retry-After").orElseThrow())).isBetween(1L, 900L);
  }

  @Test
  @Tag("ASVS-6.4.1")
  void anExpiredTokenIsDead() {
    Person minji = Person.signUp(anyone, "민지");
    String token = token(minji, "Confirm");
    member.execute(
        "UPDATE mail_tokens SET expires_at = created_at WHERE member_id = ?", minji.memberId());
    assertThat(anyone.post(VERIFY, Map.of("token", token)).status()).isEqualTo(422);
    assertThat(minji.login().rest().post(ME + "/verification").status()).isEqualTo(202);
    await().atMost(Duration.ofSeconds(10)).until(() -> !token(minji, "Confirm").equals(token));
    assertThat(anyone.post(VERIFY, Map.of("token", token(minji, "Confirm"))).status())
        .isEqualTo(204);
  }

  @Test
  @Tag("ASVS-11.5.1")
  void noTokenIsKeptThatCouldBeUsed() {
    Person minji = Person.signUp(anyone, "민지");
    assertThat(member.tablesWith(token(minji, "Confirm"))).isEmpty();
  }

  @Test
  void noBodyIsTheServicesFault() {
    WrongBodies.areNeverTheServicesFault(Map.of("token", "abc"), body -> anyone.post(VERIFY, body));
    WrongBodies.areNeverTheServicesFault(
        Map.of("token", "abc", "password", NEW_PASSWORD), body -> anyone.post(RESET, body));
    assertThat(anyone.post(FORGOT, "{}").status()).isEqualTo(422);
    assertThat(anyone.post(FORGOT, "{\"email\": 5}").status()).isEqualTo(400);
    assertThat(anyone.post(ME + "/verification").status()).isEqualTo(401);
  }

  private static void awaitNoMailTo(String email) {
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> member.query("SELECT kind FROM mails WHERE email = ?", email).isEmpty());
  }

  private static Rest.Answer reset(String token, String password) {
    return anyone.post(RESET, Map.of("token", token, "password", password));
  }

  /** The token of the newest such mail: the one line of it that is a word. */
  private static String token(Person person, String subject) {
    return member
        .mailTo(person.email(), subject)
        .lines()
        .filter(line -> line.matches("[\\w-]{43}"))
        .findFirst()
        .orElseThrow();
  }
}
