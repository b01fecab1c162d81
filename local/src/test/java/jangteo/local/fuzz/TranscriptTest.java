package jangteo.local.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines as Schemathesis 4.32 writes them, shortened. */
class TranscriptTest {
  private static final Round ROUND = new Round(2, Role.SELLER, List.of("fuzzing"), 3, 7);
  private static final String LOADED =
      """
      {"LoadingFinished":{"duration":0.9,"statistic":{"operations":{"total":78,"selected":78}}}}""";
  private static final String GOOD =
      """
      {"ScenarioFinished":{"phase":"coverage","status":"success","recorder":{"label":"GET /api/v1/orders",\
      "cases":{"a":{"value":{"method":"QUERY","path":"/api/v1/orders"}}},\
      "checks":{"a":[{"name":"not_a_server_error","status":"success"}]},\
      "interactions":{"a":{"request":{"method":"QUERY","uri":"http://localhost/api/v1/orders"},\
      "response":{"status_code":405}}}}}}""";
  private static final String BAD =
      """
      {"ScenarioFinished":{"phase":"stateful","status":"failure","recorder":{"label":"Stateful tests",\
      "cases":{"b":{"value":{"method":"POST","path":"/api/v1/orders/{orderId}/cancel"}}},\
      "checks":{"b":[{"name":"not_a_server_error","status":"failure","failure_info":{"failure":{\
      "title":"Server error","message":"it broke"}}},{"name":"access","status":"success"}]},\
      "interactions":{"b":{"request":{"method":"POST","uri":"http://localhost/api/v1/orders/7/cancel",\
      "headers":{"Prefer":["wait=1"]}},"response":{"status_code":500}},\
      "c":{"request":{"method":"GET","uri":"http://localhost/late"}}}}}}""";
  private static final String LATE =
      """
      {"NonFatalError":{"value":{"type":"ReadTimeout","message":"took long"},"label":"GET /late"}}""";

  @TempDir private Path folder;

  private Outcome read(int exitCode, String... lines) throws IOException {
    Path file = Files.write(folder.resolve("events.ndjson"), List.of(lines));
    return Transcript.read(file, ROUND, exitCode, Duration.ofSeconds(1));
  }

  @Test
  void whatIsAnsweredAsDocumentedIsCounted() throws IOException {
    Outcome outcome = read(0, LOADED, GOOD, GOOD);

    assertThat(outcome.documented()).isEqualTo(78);
    assertThat(outcome.answered()).isEqualTo(Map.of(405, 2L));
    assertThat(outcome.asked()).containsExactly("GET /api/v1/orders");
    assertThat(outcome.isClean()).isTrue();
  }

  @Test
  void aFailedCheckIsAFindingOfItsOperation() throws IOException {
    Outcome outcome = read(1, LOADED, GOOD, BAD);

    assertThat(outcome.findings())
        .containsExactly(
            new Finding(
                "not_a_server_error",
                "POST /api/v1/orders/{orderId}/cancel",
                "Server error",
                500,
                "it broke",
                "curl -X POST -H 'Prefer: wait=1' 'http://localhost/api/v1/orders/7/cancel'"));
    assertThat(outcome.answered()).isEqualTo(Map.of(405, 1L, 500, 1L));
    assertThat(outcome.isWhole()).isTrue();
    assertThat(outcome.isClean()).isFalse();
  }

  @Test
  void aRequestWithoutAnAnswerIsAnError() throws IOException {
    Outcome outcome = read(1, GOOD, LATE);

    assertThat(outcome.errors()).containsExactly("GET /late: ReadTimeout: took long");
    assertThat(outcome.isClean()).isFalse();
  }

  @Test
  void aRunThatAskedNothingOrBrokeOffProvesNothing() throws IOException {
    assertThat(read(0, LOADED).isClean()).isFalse();
    assertThat(read(0, LOADED).isWhole()).isFalse();
    assertThat(read(2, GOOD).isWhole()).isFalse();
    assertThat(
            Transcript.read(folder.resolve("nothing"), ROUND, 2, Duration.ofSeconds(1)).isWhole())
        .isFalse();
  }

  @Test
  void whatSchemathesisAloneCallsAFailureIsOne() throws IOException {
    assertThat(read(1, GOOD).isClean()).isFalse();
  }
}
