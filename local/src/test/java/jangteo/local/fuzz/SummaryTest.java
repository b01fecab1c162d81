package jangteo.local.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SummaryTest {
  private static final Round ROUND = new Round(1, Role.NOBODY, List.of("fuzzing"), 3, 7);

  private final StringWriter text = new StringWriter();
  private final Summary summary = new Summary(new PrintWriter(text));

  private static Outcome outcome(int exitCode, List<Finding> findings, List<String> errors) {
    return new Outcome(
        ROUND,
        exitCode,
        Duration.ofSeconds(83),
        Map.of(401, 1_200L),
        Set.of("GET /a", "GET /b"),
        78,
        findings,
        errors);
  }

  private static Finding finding(String operation, String message) {
    return new Finding("access", operation, "Served", 200, message, "curl 'http://x'");
  }

  @Test
  void aRoundIsALine() {
    summary.print(outcome(0, List.of(), List.of()));

    assertThat(text)
        .hasToString(
            "  1-nobody    1,200 requests to 2 of 78 operations in 83 s: 1200 × 401; as documented\n");
  }

  @Test
  void whatIsAlikeIsToldOnceWithACommandThatShowsIt() {
    summary.print(
        List.of(
            outcome(
                1,
                List.of(finding("GET /a", "one"), finding("GET /a", "two"), finding("GET /b", "x")),
                List.of())));

    assertThat(text.toString())
        .contains("FOUND 2 times: GET /a access: Served\n    one\n    answered 200\n    curl 'http")
        .contains("FOUND 1 times: GET /b")
        .doesNotContain("two")
        .endsWith("1,200 requests to 2 operations; 2 kinds of finding.\n");
  }

  @Test
  void whatKeptItFromAskingIsTold() {
    summary.print(List.of(outcome(2, List.of(), List.of("GET /a: ReadTimeout"))));

    assertThat(text.toString())
        .contains("ERROR in 1-nobody: GET /a: ReadTimeout\n")
        .contains("ERROR: 1-nobody ended with 2 after 1200 requests.\n");
  }
}
