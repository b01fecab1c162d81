package jangteo.aggregate.deadletters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.helidon.config.Config;
import jangteo.aggregate.Main;
import jangteo.chassis.Part;
import jangteo.chassis.Service;
import jangteo.chassis.ServiceConfig;
import jangteo.chassis.events.Event;
import jangteo.chassis.events.Kafka;
import jangteo.chassis.events.Record;
import jangteo.chassis.events.Subscription;
import jangteo.chassis.events.UnprocessableException;
import jangteo.chassis.web.Page;
import jangteo.testkit.Rest;
import jangteo.testkit.TestServers;
import jangteo.testkit.TestTokens;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A service that cannot handle what it reads, an admin who reads why, and a replay once it can: on
 * a real broker, with another service's consumer.
 */
final class DeadLettersTest {
  private static final String ALL = "/api/v1/admin/dead-letters";
  private static final Duration SOON = Duration.ofSeconds(30);

  private static final TestTokens TOKENS = new TestTokens();
  private static final AtomicBoolean BROKEN = new AtomicBoolean(true);
  private static final List<Record> HANDLED = new CopyOnWriteArrayList<>();

  private static Service aggregate;
  private static Kafka review;
  private static Part consumer;
  private static Rest admin;

  @BeforeAll
  static void start() {
    Config config =
        ServiceConfig.of(
            Map.of(
                "server.port", "0",
                "admin.port", "0",
                "mongo.uri", TestServers.mongo("search"),
                "kafka.bootstrap-servers", TestServers.kafka(),
                "kafka.prefix", TestServers.prefix(),
                "security.issuer", TOKENS.issuer(),
                "security.audience", TOKENS.audience(),
                "security.jwks-url", TOKENS.jwksUrl()));
    aggregate = Service.start("aggregate", config, Main::wire);
    review = Kafka.create("review", config.get("kafka"), Clock.systemUTC());
    consumer = review.consume(Subscription.to("orders").each(DeadLettersTest::handle).build());
    review.start();
    consumer.start();
    await().atMost(Duration.ofSeconds(60)).until(() -> review.topicsReady() && aggregate.ready());
    admin = new Rest("http://127.0.0.1:" + aggregate.port()).as(TOKENS.token(1, "ADMIN"));
    for (String order : List.of("a", "b", "c")) {
      review.publisher().send(new Event("orders", order, "Some", value(order), Map.of()));
    }
    await().atMost(SOON).until(() -> letters().size() == 3);
  }

  @AfterAll
  static void stop() {
    consumer.stop();
    review.stop();
    aggregate.close();
    TOKENS.close();
  }

  private static void handle(Record record) {
    if (BROKEN.get()) {
      throw new UnprocessableException("there is no such order yet");
    }
    HANDLED.add(record);
  }

  @Test
  void aLetterSaysWhatItIsAndWhy() {
    JsonNode letter = letter("a");

    assertThat(letter.path("consumer").asText()).isEqualTo("review");
    assertThat(letter.path("source").asText()).startsWith("orders/");
    assertThat(letter.path("type").asText()).isEqualTo("Some");
    assertThat(letter.path("reason").asText()).isEqualTo("there is no such order yet");
    assertThat(letter.path("bytes").asInt()).isEqualTo(1);
    assertThat(letter.path("replayable").asBoolean()).isTrue();
  }

  @Test
  void pagesHoldEachLetterOnceTheNewestFirst() {
    JsonNode first = admin.get(ALL + "?size=2").body();
    JsonNode second = admin.get(ALL + "?size=2&cursor=" + first.path("nextCursor").asText()).body();

    List<String> keys = new ArrayList<>(first.path("items").findValuesAsText("key"));
    keys.addAll(second.path("items").findValuesAsText("key"));
    assertThat(keys.subList(keys.size() - 3, keys.size())).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(admin.get(ALL + "?cursor=x").status()).isEqualTo(422);
  }

  @Test
  void aCursorThatNobodyGaveOutFindsNothing() {
    String beyond = Page.encode("orders.review.dlt~0~99999999,orders.review.dlt~9~5,no.dlt~0~1");
    assertThat(admin.get(ALL + "?cursor=" + beyond).status()).isEqualTo(200);
    String none = Page.encode("orders.review.dlt~0~x");
    assertThat(admin.get(ALL + "?cursor=" + none).status()).isEqualTo(422);
  }

  @Test
  void aReplayedLetterReachesItsConsumerAsTheRecordItWas() {
    String id = letter("b").path("id").asText();
    BROKEN.set(false);
    try {
      Rest.Answer answer = admin.post(ALL + "/" + id + "/replay");

      assertThat(answer.status()).isEqualTo(202);
      await().atMost(SOON).until(() -> HANDLED.size() == 1);
      Record again = HANDLED.getFirst();
      assertThat(again.topic()).isEqualTo("orders");
      assertThat(again.key()).isEqualTo("b");
      assertThat(again.value()).hasValueSatisfying(v -> assertThat(v).isEqualTo(new byte[] {'b'}));
      assertThat(again.header("replay_of")).contains(id);
      assertThat(again.header("dlt_reason")).isEmpty();
      assertThat(letter("b").hasNonNull("replayedAt")).isTrue();
    } finally {
      BROKEN.set(true);
    }
  }

  @Test
  void aReplayThatFailsAgainIsANewLetter() {
    int before = letters().size();
    admin.post(ALL + "/" + letter("c").path("id").asText() + "/replay");

    await().atMost(SOON).until(() -> letters().size() == before + 1);
    assertThat(letters().getFirst().path("key").asText()).isEqualTo("c");
    assertThat(letters().getFirst().path("replayable").asBoolean()).isTrue();
  }

  @Test
  void onlyAdminsReadAndReplayAndAnUnknownLetterIsNotThere() {
    Rest anyone = new Rest("http://127.0.0.1:" + aggregate.port());
    Rest member = anyone.as(TOKENS.token(2, "BUYER"));

    assertThat(anyone.get(ALL).status()).isEqualTo(401);
    assertThat(member.get(ALL).status()).isEqualTo(403);
    assertThat(member.post(ALL + "/orders.review.dlt~0~0/replay").status()).isEqualTo(403);
    assertThat(admin.post(ALL + "/orders.review.dlt~0~999/replay").status()).isEqualTo(404);
    assertThat(admin.post(ALL + "/orders.review.dlt~7~0/replay").status()).isEqualTo(404);
    assertThat(admin.post(ALL + "/token-blocks~0~0/replay").status()).isEqualTo(404);
  }

  private static Optional<byte[]> value(String text) {
    return Optional.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static JsonNode letter(String key) {
    List<JsonNode> found =
        letters().stream().filter(letter -> letter.path("key").asText().equals(key)).toList();
    return found.getLast();
  }

  private static List<JsonNode> letters() {
    List<JsonNode> all = new ArrayList<>();
    admin.get(ALL + "?size=100").body().path("items").forEach(all::add);
    return all;
  }
}
