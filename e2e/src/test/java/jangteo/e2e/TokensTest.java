package jangteo.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jangteo.testkit.ForgedTokens;
import jangteo.testkit.Rest;
import jangteo.testkit.Rest.Answer;
import jangteo.testkit.TestTokens;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who gets in: at the gateway, and at a service that is reached around it. */
@Order(4)
class TokensTest {
  private static final RunningShop SHOP = RunningShop.get();

  /** A call of each service that needs a member, and where it is served. */
  private static final Map<String, String> CALLS =
      Map.of(
          "member", "/api/v1/members/me",
          "item", "/api/v1/items/export",
          "order", "/api/v1/orders",
          "payment", "/api/v1/wallet",
          "review", "/api/v1/reviews",
          "aggregate", "/api/v1/admin/dead-letters");

  @Test
  @Tag("ASVS-7.2.1")
  @Tag("ASVS-8.3.1")
  @Tag("API2")
  void aForgedTokenIsRefusedAtTheGatewayAndAtEachServiceAroundIt() {
    String good = Person.seller("위조", "위조 상회").token();
    String jwks = SHOP.rest().get("/.well-known/jwks.json").body().toString();
    Map<String, String> forged = ForgedTokens.of(good, jwks);
    CALLS.forEach(
        (service, path) -> {
          Rest around = new Rest("http://127.0.0.1:" + SHOP.port(service));
          assertThat(around.as(good).get(path).status()).as(service).isIn(200, 403);
          assertThat(SHOP.rest().as(good).get(path).status()).as(path).isIn(200, 403);
          forged.forEach(
              (what, token) -> {
                refused(what + " at " + service, around.as(token).get(path));
                refused(what + " at the gateway", SHOP.rest().as(token).get(path));
              });
        });
  }

  private static void refused(String what, Answer answer) {
    assertThat(answer.status()).as("%s: %s", what, answer.body()).isEqualTo(401);
    assertThat(answer.header("Content-Type").orElse(""))
        .as(what)
        .startsWith("application/problem+json");
  }

  @Test
  void noRequestFailsWhileTheSigningKeyChanges() throws Exception {
    Person buyer = Person.signedUp("열쇠");
    AtomicBoolean done = new AtomicBoolean();
    Set<String> signedBy = ConcurrentHashMap.newKeySet();
    Queue<String> failed = new ConcurrentLinkedQueue<>();
    try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
      Future<?> working =
          thread.submit(
              () -> {
                while (!done.get()) {
                  Person again = buyer.loggedInAgain();
                  signedBy.add(TestTokens.header(again.token()).path("kid").asText());
                  for (Person one : List.of(buyer, again)) {
                    for (String path : List.of(CALLS.get("order"), CALLS.get("payment"))) {
                      Answer answer = one.rest().get(path);
                      if (answer.status() != 200) {
                        failed.add(path + ": " + answer.status() + " " + answer.body());
                      }
                    }
                  }
                }
              });
      try {
        assertThat(SHOP.verb("rotate-keys")).contains("is published", "It signs");
        await().atMost(Duration.ofSeconds(20)).until(() -> signedBy.size() == 2);
      } finally {
        done.set(true); // else the executor waits for ever
      }
      working.get();
    }
    assertThat(failed).isEmpty();
    assertThat(signedBy).hasSize(2);
  }
}
