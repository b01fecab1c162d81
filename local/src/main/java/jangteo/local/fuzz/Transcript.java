package jangteo.local.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What Schemathesis wrote while it asked: events, one a line, each under the name of its kind. */
final class Transcript {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern OPERATION = Pattern.compile("[A-Z]+ /.*");

  private final Map<Integer, Long> answered = new TreeMap<>();
  private final Set<String> asked = new TreeSet<>();
  private final List<Finding> findings = new ArrayList<>();
  private final List<String> errors = new ArrayList<>();
  private int documented;

  private Transcript() {}

  /**
   * Reads it to its end.
   *
   * @throws IOException when it cannot be read
   */
  static Outcome read(Path file, Round round, int exitCode, Duration took) throws IOException {
    Transcript transcript = new Transcript();
    if (Files.exists(file)) {
      try (BufferedReader lines = Files.newBufferedReader(file)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          transcript.add(JSON.readTree(line));
        }
      }
    }
    return new Outcome(
        round,
        exitCode,
        took,
        transcript.answered,
        transcript.asked,
        transcript.documented,
        transcript.findings,
        transcript.errors);
  }

  private void add(JsonNode line) {
    for (var event : line.properties()) {
      JsonNode content = event.getValue();
      switch (event.getKey()) {
        case "LoadingFinished" -> documented = content.at("/statistic/operations/total").asInt();
        case "ScenarioFinished" -> scenario(content.path("recorder"));
        case "NonFatalError" ->
            errors.add(content.path("label").asText() + ": " + message(content.path("value")));
        case "FatalError" -> errors.add(message(content.path("exception")));
        default -> {}
      }
    }
  }

  private static String message(JsonNode error) {
    return error.path("type").asText() + ": " + error.path("message").asText();
  }

  private void scenario(JsonNode recorder) {
    for (var interaction : recorder.path("interactions").properties()) {
      JsonNode response = interaction.getValue().path("response");
      if (response.isObject()) {
        answered.merge(response.path("status_code").asInt(), 1L, Long::sum);
        asked.add(operation(recorder, interaction.getKey()));
      }
    }
    for (var checks : recorder.path("checks").properties()) {
      for (JsonNode check : checks.getValue()) {
        if (!check.path("status").asText().equals("success")) {
          findings.add(finding(recorder, checks.getKey(), check));
        }
      }
    }
  }

  private static Finding finding(JsonNode recorder, String id, JsonNode check) {
    JsonNode failure = check.at("/failure_info/failure");
    JsonNode interaction = recorder.path("interactions").path(id);
    return new Finding(
        check.path("name").asText(),
        operation(recorder, id),
        failure.path("title").asText("The check itself failed"),
        interaction.at("/response/status_code").asInt(),
        failure.path("message").asText(),
        Curl.of(interaction.path("request")));
  }

  /** What is asked about one operation is under its name; calls after calls are not. */
  private static String operation(JsonNode recorder, String id) {
    String label = recorder.path("label").asText();
    JsonNode request = recorder.path("cases").path(id).path("value");
    return OPERATION.matcher(label).matches()
        ? label
        : request.path("method").asText() + " " + request.path("path").asText();
  }
}
