package jangteo.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jangteo.e2e.Answers.Kind;
import jangteo.e2e.Answers.Phase;
import jangteo.local.supervisor.PartStatus;
import jangteo.local.supervisor.PartStatus.State;
import jangteo.testkit.ForgedTokens;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A part that tells good tokens from others is killed under load and comes back: at no moment does
 * a token pass that should be refused, and whoever should pass is answered (design, section 9).
 */
@Order(5)
class SecurityUnderFaultsTest {
  private static final RunningShop SHOP = RunningShop.get();

  private static final Duration DOWN = Duration.ofMillis(2_500);
  private static final Duration RECOVERED = Duration.ofSeconds(20);
  private static final Duration ALL_RECOVERED = Duration.ofSeconds(90);

  private static final Map<Kind, Integer> RIGHT =
      Map.of(
          Kind.GOOD, 200, Kind.BLOCKED, 401, Kind.FORGED, 401, Kind.LOGIN, 200, Kind.LOGOUT, 204);

  private static final List<String> BLOCKED = new ArrayList<>();
  private static Collection<String> forged;
  private static List<Person> staying;
  private static List<Person> leaving;
  private static String product;

  private static final Set<String> CALLS_OF_MEMBER =
      Set.of(TokenLoad.PROFILE, TokenLoad.LOGIN, TokenLoad.LOGOUT);

  /** What is killed, and whether member's own calls cannot be served without it. */
  enum Fault {
    REDIS(false),
    MARIADB(true),
    MEMBER(true);

    private final boolean stopsMember;

    Fault(boolean stopsMember) {
      this.stopsMember = stopsMember;
    }

    Set<String> mayBeUnavailable() {
      return stopsMember ? CALLS_OF_MEMBER : Set.of();
    }

    String part() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @BeforeAll
  static void people() {
    product = "/api/v1/products/" + Person.seller("박상인", "한라 과일").lists(3_000, 10);
    staying = List.of(Person.signedUp("김구매"), Person.signedUp("이구매"));
    leaving = List.of(Person.signedUp("나그네"), Person.signedUp("길손"));
    forged =
        ForgedTokens.of(
                staying.getFirst().token(),
                SHOP.rest().get("/.well-known/jwks.json").body().toString())
            .values();

    Person loggedOut = Person.signedUp("이탈");
    assertThat(loggedOut.rest().post("/api/v1/auth/logout").status()).isEqualTo(204);
    Person everywhere = Person.signedUp("삼탈");
    assertThat(everywhere.rest().post("/api/v1/auth/logout-all").status()).isEqualTo(204);
    Person suspended = Person.signedUp("정지");
    assertThat(
            SHOP.admin()
                .post("/api/v1/admin/members/" + suspended.memberId() + "/suspend")
                .status())
        .isEqualTo(200);
    BLOCKED.addAll(List.of(loggedOut.token(), everywhere.token(), suspended.token()));
  }

  @AfterEach
  void everybodyIsBack() {
    SHOP.status().stream()
        .filter(part -> part.state() == State.DOWN)
        .forEach(part -> SHOP.start(part.name()));
    await()
        .atMost(ALL_RECOVERED)
        .untilAsserted(
            () ->
                assertThat(SHOP.status())
                    .extracting(PartStatus::state)
                    .doesNotContain(State.CRASHED, State.NOT_READY));
  }

  @ParameterizedTest
  @EnumSource
  @Tag("ASVS-7.2.1")
  @Tag("ASVS-7.4.1")
  @Tag("ASVS-7.4.2")
  @Tag("ASVS-16.5.2")
  @Tag("ASVS-16.5.3")
  @Tag("API2")
  void noRefusedTokenPassesAndNobodyElseIsRefused(Fault fault) {
    TokenLoad load =
        new TokenLoad(staying, leaving, BLOCKED, forged, product, fault.mayBeUnavailable());
    Answers answers = load.answers();
    try (load) {
      awaitEach(Phase.BEFORE, answers);
      load.partGoes();
      SHOP.kill(fault.part());
      await().pollDelay(DOWN).until(() -> true);
      SHOP.start(fault.part());
      load.partIsBack();
      awaitEach(Phase.AFTER, answers);
      await().pollDelay(TokenLoad.GRACE.plusSeconds(1)).until(() -> true);
    } finally {
      System.out.printf("%s was killed:%n%s", fault.part(), answers);
    }
    assertThat(answers.wrong()).isEmpty();
    assertThat(answers.count(Phase.AWAY, Kind.GOOD, 200)).isPositive();
    assertThat(answers.count(Phase.AWAY, Kind.BLOCKED, 401)).isPositive();
    assertThat(answers.count(Phase.AWAY, Kind.FORGED, 401)).isPositive();
    if (!fault.stopsMember) {
      assertThat(answers.count(Phase.AWAY, Kind.LOGOUT, 204)).isPositive();
    }
  }

  private static void awaitEach(Phase phase, Answers answers) {
    RIGHT.forEach(
        (kind, status) ->
            await().atMost(RECOVERED).until(() -> answers.count(phase, kind, status) > 2));
  }
}
