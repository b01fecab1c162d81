package jangteo.member;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import jangteo.member.Person.Login;
import jangteo.member.v1.TokenBlock;
import jangteo.testkit.Rest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What ends sessions: passwords, logouts, admins, and leaving. */
@ExtendWith(SharedMember.class)
class AccountTest {

  private static final String ME = "/api/v1/members/me";
  private static final String SESSIONS = "/api/v1/auth/sessions";
  private static final String MEMBERS = "/api/v1/admin/members";

  private static RunningMember member;
  private static Rest anyone;
  private static Rest admin;

  @BeforeAll
  static void start(RunningMember shared) {
    member = shared;
    anyone = shared.rest();
    admin = Person.admin(anyone).login().rest();
  }

  @Test
  @Tag("ASVS-7.4.3")
  void aNewPasswordEndsTheOtherSessions() {
    Person minji = Person.signUp(anyone, "민지");
    Login here = minji.login();
    Login elsewhere = minji.login();

    assertThat(changed(here, minji.password(), "another horse battery").status()).isEqualTo(204);

    assertThat(minji.tryLogin().status()).isEqualTo(401);
    assertThat(minji.withPassword("another horse battery").tryLogin().status()).isEqualTo(200);
    assertThat(elsewhere.status()).isEqualTo(401);
    assertThat(elsewhere.refresh().status()).isEqualTo(401);
    assertThat(here.status()).isEqualTo(200);
    assertThat(here.refresh().status()).isEqualTo(200);
  }

  @Test
  @Tag("ASVS-6.2.2")
  @Tag("ASVS-6.2.3")
  void aPasswordIsChangedByWhoKnowsThePresentOne() {
    Person minji = Person.signUp(anyone, "민지");
    Login login = minji.login();

    Rest.Answer wrong = changed(login, "not the password", "another horse battery");
    assertThat(wrong.status()).isEqualTo(422);
    assertThat(wrong.body().path("errors").findValuesAsText("field"))
        .containsExactly("currentPassword");
    JsonNode errors =
        login.rest().put(ME + "/password", Map.of("newPassword", "short")).body().path("errors");
    assertThat(errors.findValuesAsText("field")).containsExactly("currentPassword", "newPassword");
    assertThat(
            login
                .rest()
                .put(
                    ME + "/password",
                    Map.of("currentPassword", "x", "newPassword", "another horse battery"),
                    "Idempotency-Key",
                    "k")
                .status())
        .isEqualTo(400);
    assertThat(minji.tryLogin().status()).isEqualTo(200);
  }

  @Test
  @Tag("ASVS-7.5.2")
  void aLogoutEverywhereEndsAllThereIsAndNothingThatComes() {
    Person minji = Person.signUp(anyone, "민지");
    for (int i = 0; i < 3; i++) {
      Login one = minji.login();
      Login other = minji.login();
      assertThat(one.rest().post("/api/v1/auth/logout-all").status()).isEqualTo(204);

      assertThat(List.of(one.status(), other.status())).containsOnly(401);
      assertThat(List.of(one.refresh().status(), other.refresh().status())).containsOnly(401);
      // In the same second, which is as fine as a token's iat is.
      Login next = minji.login();
      assertThat(next.status()).isEqualTo(200);
      assertThat(Login.of(anyone, next.refresh()).status()).isEqualTo(200);
    }
    awaitBlockOf(minji);
  }

  @Test
  @Tag("ASVS-7.5.2")
  void aMemberSeesItsSessionsAndEndsOne() {
    Person minji = Person.signUp(anyone, "민지");
    Login here = minji.login();
    Login elsewhere = Login.of(anyone, minji.login().refresh());
    assertThat(minji.login().rest().post("/api/v1/auth/logout").status()).isEqualTo(204);

    JsonNode items = here.rest().get(SESSIONS).body().path("items");
    assertThat(items).hasSize(2);
    assertThat(items.get(0).path("current").asBoolean()).isFalse();
    assertThat(items.get(0).path("refreshedAt").asText()).endsWith("Z");
    assertThat(items.get(1).path("current").asBoolean()).isTrue();
    assertThat(items.get(1).has("refreshedAt")).isFalse();

    String other = SESSIONS + "/" + items.get(0).path("sessionId").asText();
    assertThat(Person.signUp(anyone, "남").login().rest().delete(other).status()).isEqualTo(404);
    assertThat(here.rest().delete(SESSIONS + "/" + UUID.randomUUID()).status()).isEqualTo(404);
    assertThat(elsewhere.status()).isEqualTo(200);
    assertThat(here.rest().delete(other).status()).isEqualTo(204);
    assertThat(elsewhere.status()).isEqualTo(401);
    assertThat(elsewhere.refresh().status()).isEqualTo(401);
    assertThat(here.rest().delete(other).status()).isEqualTo(404);
    assertThat(here.rest().get(SESSIONS).body().path("items")).hasSize(1);
  }

  @Test
  @Tag("ASVS-7.4.2")
  @Tag("ASVS-7.4.5")
  void aSuspendedMemberIsOutAtOnceUntilItIsReinstated() {
    Person minji = Person.signUp(anyone, "민지");
    Login login = minji.login();
    String path = MEMBERS + "/" + minji.memberId();

    Rest.Answer suspended = admin.post(path + "/suspend");
    assertThat(suspended.status()).isEqualTo(200);
    assertThat(suspended.body().path("status").asText()).isEqualTo("SUSPENDED");
    assertThat(login.status()).isEqualTo(401);
    assertThat(login.refresh().status()).isEqualTo(401);
    assertThat(minji.tryLogin().status()).isEqualTo(403);
    assertThat(minji.withPassword("guess").tryLogin().status()).isEqualTo(401);
    assertThat(admin.post(path + "/suspend").body()).isEqualTo(suspended.body());
    awaitBlockOf(minji);

    assertThat(admin.post(path + "/reinstate").body().path("status").asText()).isEqualTo("ACTIVE");
    assertThat(minji.login().status()).isEqualTo(200);
    assertThat(login.status()).isEqualTo(401);
  }

  @Test
  void noLoginOrRefreshSlipsThroughASuspension() throws Exception {
    Person minji = Person.signUp(anyone, "민지");
    Login first = minji.login();
    AtomicBoolean over = new AtomicBoolean();
    List<Login> all = new ArrayList<>(List.of(first));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<Login>>> busy = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        busy.add(threads.submit(() -> logInUntil(over, minji)));
        Login own = minji.login();
        busy.add(threads.submit(() -> refreshUntil(over, own)));
      }
      assertThat(admin.post(MEMBERS + "/" + minji.memberId() + "/suspend").status()).isEqualTo(200);
      over.set(true);
      for (Future<List<Login>> logins : busy) {
        all.addAll(logins.get());
      }
    }
    assertThat(all).extracting(Login::status).containsOnly(401);
    assertThat(all).extracting(login -> login.refresh().status()).containsOnly(401);
  }

  @Test
  void onlyAdminsSeeAndShutOutMembers() {
    Person minji = Person.signUp(anyone, "민지");
    Rest member = minji.login().rest();
    for (Rest caller : List.of(anyone, member)) {
      int refused = caller == anyone ? 401 : 403;
      assertThat(caller.get(MEMBERS).status()).isEqualTo(refused);
      assertThat(caller.post(MEMBERS + "/1/suspend").status()).isEqualTo(refused);
      assertThat(caller.post(MEMBERS + "/1/reinstate").status()).isEqualTo(refused);
    }
    assertThat(admin.post(MEMBERS + "/1/suspend").status()).isEqualTo(404);
    assertThat(admin.post(MEMBERS + "/x/suspend").status()).isEqualTo(404);
    String own = admin.get(ME).body().path("memberId").asText();
    assertThat(admin.post(MEMBERS + "/" + own + "/suspend").status()).isEqualTo(409);
    assertThat(admin.delete(ME).status()).isEqualTo(409);
  }

  @Test
  void membersAreListedPageByPage() {
    Person minji = Person.signUp(anyone, "민지");
    Person.signUp(anyone, "남");
    assertThat(
            admin
                .get(MEMBERS + "?email=" + minji.email())
                .body()
                .path("items")
                .findValuesAsText("memberId"))
        .containsExactly(minji.memberId());
    assertThat(admin.get(MEMBERS + "?status=SUSPENDED&email=" + minji.email()).body().path("items"))
        .isEmpty();

    List<String> seen = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = admin.get(MEMBERS + "?size=7" + cursor).body();
      assertThat(page.path("items").size()).isBetween(1, 7);
      seen.addAll(page.path("items").findValuesAsText("memberId"));
      cursor =
          page.path("nextCursor").isNull() ? "" : "&cursor=" + page.path("nextCursor").asText();
    } while (!cursor.isEmpty());
    assertThat(seen).doesNotHaveDuplicates().contains(minji.memberId());
    for (String wrong : List.of("?status=GONE", "?size=0", "?cursor=!", "?cursor=eA", "?email=x")) {
      assertThat(admin.get(MEMBERS + wrong).status()).as(wrong).isEqualTo(422);
    }
  }

  @Test
  void aMemberTakesAllThatIsKeptOfItAndNothingSecret() {
    Person minji = Person.signUp(anyone, "민지");
    Rest rest = minji.login().rest();
    rest.post(
        ME + "/addresses",
        Map.of("recipient", "김민지", "phone", "0101", "postalCode", "04524", "line1", "세종대로"));

    Rest.Answer export = rest.get(ME + "/export");
    assertThat(export.status()).isEqualTo(200);
    assertThat(export.header("Cache-Control")).contains("no-store");
    JsonNode all = export.body();
    assertThat(all.path("member")).isEqualTo(rest.get(ME).body());
    assertThat(all.path("addresses")).isEqualTo(rest.get(ME + "/addresses").body().path("items"));
    assertThat(all.path("sessions")).hasSize(1);
    assertThat(all.path("securityLog").findValuesAsText("event"))
        .containsExactly("EXPORTED", "LOGGED_IN", "SIGNED_UP");
    assertThat(all.toString()).doesNotContain("argon2", "password", "token");
    assertThat(anyone.get(ME + "/export").status()).isEqualTo(401);
  }

  @Test
  @Tag("ASVS-7.4.2")
  void whoLeavesLeavesNothingBehindButAnId() {
    String name = "떠나는 " + UUID.randomUUID();
    Person minji = Person.signUp(anyone, name);
    Login login = minji.login();
    login.rest().post(ME + "/seller", Map.of("shopName", name));
    login
        .rest()
        .post(
            ME + "/addresses",
            Map.of("recipient", name, "phone", "010", "postalCode", "04524", "line1", name));

    assertThat(login.rest().delete(ME, "If-Match", "\"1\"").status()).isEqualTo(412);
    assertThat(login.rest().delete(ME).status()).isEqualTo(204);

    assertThat(login.status()).isEqualTo(401);
    assertThat(login.refresh().status()).isEqualTo(401);
    assertThat(minji.tryLogin().status()).isEqualTo(401);
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> {
              ConsumerRecord<String, byte[]> last = last("members", minji.memberId());
              assertThat(last.value()).isNull();
              assertThat(new String(last.headers().lastHeader("version").value(), UTF_8))
                  .isEqualTo("3");
              assertThat(member.tablesWith(name)).isEmpty();
              assertThat(member.tablesWith(minji.email())).isEmpty();
            });
    assertThat(
            anyone
                .post(
                    "/api/v1/members",
                    Map.of("email", minji.email(), "password", Person.PASSWORD, "name", "다시"))
                .body()
                .path("memberId")
                .asText())
        .isNotEqualTo(minji.memberId());
  }

  @Test
  void aHashOfAnOlderCostIsMadeAnewAtLogin() {
    Person old = Person.signUp(anyone, "민지").withPassword("password");
    // From the reference implementation's test suite: m=256, t=2, p=1.
    member.execute(
        "UPDATE members SET password_hash = ? WHERE member_id = ?",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        old.memberId());
    assertThat(old.login().status()).isEqualTo(200);
    assertThat(
            member.query("SELECT password_hash FROM members WHERE member_id = ?", old.memberId()))
        .singleElement()
        .asString()
        .startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    assertThat(old.login().status()).isEqualTo(200);
  }

  @Test
  @Tag("ASVS-6.2.4")
  @Tag("ASVS-6.2.11")
  void aPasswordThatIsGuessedFirstIsSetNowhere() {
    Person minji = Person.signUp(anyone, "민지");
    Login login = minji.login();
    for (String weak : List.of("Password2026!", "Jangteo-2026", minji.email())) {
      Rest.Answer signUp =
          anyone.post(
              "/api/v1/members", Map.of("email", minji.email(), "password", weak, "name", "x"));
      Rest.Answer change = changed(login, minji.password(), weak);
      assertThat(List.of(signUp.status(), change.status())).as(weak).containsOnly(422);
      assertThat(signUp.body().path("errors").findValuesAsText("field"))
          .containsExactly("password");
      assertThat(change.body().path("errors").findValuesAsText("field"))
          .containsExactly("newPassword");
    }
  }

  @Test
  @Tag("ASVS-16.3.1")
  void theSecurityLogTellsByIdsWhatHappened() {
    Person minji = Person.signUp(anyone, "민지");
    minji.withPassword("guess").tryLogin();
    Login login = minji.login();
    Login.of(anyone, login.refresh());
    login.refresh();
    changed(minji.login(), minji.password(), "another horse battery");
    admin.post(MEMBERS + "/" + minji.memberId() + "/suspend");
    minji.withPassword("another horse battery").tryLogin();

    assertThat(
            member.query(
                "SELECT event FROM security_log WHERE member_id = ? ORDER BY entry_id",
                minji.memberId()))
        .containsExactly(
            "SIGNED_UP",
            "LOGIN_FAILED",
            "LOGGED_IN",
            "REFRESH_REUSED",
            "LOGGED_IN",
            "PASSWORD_CHANGED",
            "SUSPENDED",
            "LOGIN_REFUSED");
    assertThat(
            member.query(
                "SELECT actor_id FROM security_log WHERE member_id = ? AND event = 'SUSPENDED'",
                minji.memberId()))
        .containsExactly(admin.get(ME).body().path("memberId").asText());
  }

  private static Rest.Answer changed(Login login, String present, String next) {
    return login
        .rest()
        .put(ME + "/password", Map.of("currentPassword", present, "newPassword", next));
  }

  private static List<Login> logInUntil(AtomicBoolean over, Person person) {
    List<Login> logins = new ArrayList<>();
    while (!over.get()) {
      Rest.Answer answer = person.tryLogin();
      if (answer.status() == 200) {
        logins.add(Login.of(anyone, answer));
      }
    }
    return logins;
  }

  private static List<Login> refreshUntil(AtomicBoolean over, Login first) {
    List<Login> logins = new ArrayList<>(List.of(first));
    while (!over.get()) {
      Rest.Answer answer = logins.getLast().refresh();
      if (answer.status() == 200) {
        logins.add(Login.of(anyone, answer));
      }
    }
    return logins;
  }

  private static void awaitBlockOf(Person person) {
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () ->
                assertThat(
                        TokenBlock.parseFrom(
                                last("token-blocks", "member:" + person.memberId()).value())
                            .getMemberId())
                    .isEqualTo(Long.parseLong(person.memberId())));
  }

  private static ConsumerRecord<String, byte[]> last(String topic, String key) {
    List<ConsumerRecord<String, byte[]>> records =
        member.events(topic).stream().filter(record -> record.key().equals(key)).toList();
    assertThat(records).as(topic + " " + key).isNotEmpty();
    return records.getLast();
  }
}
