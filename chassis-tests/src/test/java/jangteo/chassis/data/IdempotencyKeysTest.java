package jangteo.chassis.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import jangteo.chassis.web.Caller;
import jangteo.chassis.web.Problem;
import jangteo.chassis.web.ProblemException;
import jangteo.testkit.TestServers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IdempotencyKeysTest {

  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicInteger done = new AtomicInteger();
  private final MovableClock clock = new MovableClock();
  private Database database;
  private WebServer server;
  private Function<Transaction, Answer> work =
      tx -> Answer.created("/things/" + done.incrementAndGet(), Map.of("number", done.get()));

  @BeforeEach
  void start() {
    database = Databases.ready(TestServers.database("idem"));
    IdempotencyKeys keys = IdempotencyKeys.create(database, clock);
    server =
        WebServer.builder()
            .host("127.0.0.1")
            .routing(
                routing ->
                    routing
                        .error(
                            ProblemException.class,
                            (request, response, thrown) ->
                                response
                                    .status(Status.create(thrown.problem().status()))
                                    .send(thrown.problem().slug()))
                        .any(
                            (request, response) -> {
                              long member = Long.parseLong(request.query().first("as").orElse("1"));
                              request.context().register(caller(member));
                              response.next();
                            })
                        .post(
                            "/optional",
                            (request, response) ->
                                keys.answer(
                                    request,
                                    response,
                                    request.content().as(String.class),
                                    tx -> work.apply(tx)))
                        .post(
                            "/required",
                            (request, response) ->
                                keys.answerRequired(
                                    request,
                                    response,
                                    request.content().as(String.class),
                                    tx -> work.apply(tx))))
            .build()
            .start();
  }

  @AfterEach
  void stop() {
    server.stop();
    database.stop();
  }

  @Test
  void theSameKeyAndBodyGetTheFirstAnswerAgain() {
    HttpResponse<String> first = post("/required", "k1", "body");
    HttpResponse<String> again = post("/required", "k1", "body");

    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(first.headers().firstValue("Location")).contains("/things/1");
    assertThat(first.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(again.statusCode()).isEqualTo(201);
    assertThat(again.headers().firstValue("Location")).contains("/things/1");
    assertThat(again.body()).isEqualTo(first.body()).isEqualTo("{\"number\":1}");
    assertThat(done).hasValue(1);
  }

  @Test
  void anotherBodyIsRefused() {
    post("/required", "k1", "body");
    HttpResponse<String> other = post("/required", "k1", "another");

    assertThat(other.statusCode()).isEqualTo(422);
    assertThat(other.body()).isEqualTo("idempotency-key-reused");
    assertThat(done).hasValue(1);
  }

  @Test
  void theScopeIsMemberPathAndKey() {
    post("/required?as=1", "k1", "body");
    post("/required?as=2", "k1", "body");
    post("/optional?as=1", "k1", "body");
    post("/required?as=1", "K1", "body");

    assertThat(done).hasValue(4);
  }

  @Test
  void anAnswerWithoutBodyIsReplayedToo() {
    work =
        tx -> {
          done.incrementAndGet();
          return Answer.noContent();
        };

    assertThat(post("/required", "k1", "body").statusCode()).isEqualTo(204);
    assertThat(post("/required", "k1", "body").statusCode()).isEqualTo(204);
    assertThat(done).hasValue(1);
  }

  @Test
  void workThatFailsLeavesTheKeyFree() {
    work =
        tx -> {
          tx.execute("INSERT INTO shelf (id, name) VALUES (1, 'a')");
          throw Problem.conflict("not now").exception();
        };
    assertThat(post("/required", "k1", "body").statusCode()).isEqualTo(409);
    assertThat(Databases.shelves(database)).isEmpty();

    work = tx -> Answer.ok(Map.of());
    assertThat(post("/required", "k1", "body").statusCode()).isEqualTo(200);
  }

  @Test
  void aSecondRequestWaitsForTheFirst() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    work =
        tx -> {
          inside.countDown();
          hold(release);
          return Answer.ok(Map.of("number", done.incrementAndGet()));
        };
    CompletableFuture<HttpResponse<String>> first =
        CompletableFuture.supplyAsync(() -> post("/required", "k1", "body"));
    assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
    List<CompletableFuture<HttpResponse<String>>> others =
        List.of(
            CompletableFuture.supplyAsync(() -> post("/required", "k1", "body")),
            CompletableFuture.supplyAsync(() -> post("/required", "k1", "body")));

    await()
        .during(Duration.ofMillis(300))
        .until(() -> others.stream().noneMatch(CompletableFuture::isDone));
    release.countDown();

    assertThat(first.get(20, TimeUnit.SECONDS).body()).isEqualTo("{\"number\":1}");
    for (var other : others) {
      assertThat(other.get(20, TimeUnit.SECONDS).body()).isEqualTo("{\"number\":1}");
    }
    assertThat(done).hasValue(1);
  }

  @Test
  void afterADayTheKeyIsNew() {
    post("/required", "k1", "body");
    clock.advance(Duration.ofHours(25));

    assertThat(post("/required", "k1", "another").statusCode()).isEqualTo(201);
    assertThat(post("/required", "k1", "another").statusCode()).isEqualTo(201);
    assertThat(done).hasValue(2);
  }

  @Test
  void theKeyIsRequiredWhereItIsAndOptionalWhereItIsNot() {
    assertThat(post("/required", "", "body").statusCode()).isEqualTo(400);
    assertThat(post("/optional", "", "body").statusCode()).isEqualTo(201);
    assertThat(post("/optional", "", "body").statusCode()).isEqualTo(201);
    assertThat(done).hasValue(2);
  }

  @Test
  void aKeyIsUpTo255VisibleAsciiCharacters() {
    assertThat(post("/optional", "a b", "body").statusCode()).isEqualTo(400);
    assertThat(post("/optional", "x".repeat(256), "body").statusCode()).isEqualTo(400);
    assertThat(post("/optional", "x".repeat(255), "body").statusCode()).isEqualTo(201);
  }

  private HttpResponse<String> post(String path, String key, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (!key.isEmpty()) {
      request.header("Idempotency-Key", key);
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Caller caller(long member) {
    Instant now = Instant.EPOCH;
    return new Caller(member, Set.of("BUYER"), "token", now, now.plusSeconds(600));
  }

  private static void hold(CountDownLatch release) {
    try {
      release.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
