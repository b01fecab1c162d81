package jangteo.local.sbom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The database of osv.dev, which gathers the advisories of GitHub, Go, Python and others. It is
 * told the names and versions of the packages, and nothing else.
 *
 * @see <a href="https://google.github.io/osv.dev/post-v1-querybatch/">its batched query</a>
 */
public final class Osv implements Advisories {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** As many as it takes at once. */
  private static final int BATCH = 1000;

  private final URI queryBatch;
  private final Duration limit;
  private final HttpClient http;

  /**
   * Asked at this address.
   *
   * @param limit for connecting, and for each answer
   */
  public Osv(URI queryBatch, Duration limit) {
    this.queryBatch = queryBatch;
    this.limit = limit;
    this.http = HttpClient.newBuilder().connectTimeout(limit).build();
  }

  @Override
  public String name() {
    return "osv.dev";
  }

  @Override
  public boolean covers(String packageUrl) {
    return !packageUrl.startsWith("pkg:generic/");
  }

  @Override
  public List<Finding> about(List<String> packageUrls) throws IOException, InterruptedException {
    List<Finding> findings = new ArrayList<>();
    for (int from = 0; from < packageUrls.size(); from += BATCH) {
      ask(packageUrls.subList(from, Math.min(from + BATCH, packageUrls.size())), findings);
    }
    return findings;
  }

  private void ask(List<String> batch, List<Finding> findings)
      throws IOException, InterruptedException {
    ObjectNode question = JSON.createObjectNode();
    ArrayNode queries = question.putArray("queries");
    batch.forEach(purl -> queries.addObject().putObject("package").put("purl", purl));
    HttpRequest request =
        HttpRequest.newBuilder(queryBatch)
            .timeout(limit)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(question)))
            .build();
    HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
    JsonNode results = JSON.readTree(answer.body()).path("results");
    if (answer.statusCode() != 200 || results.size() != batch.size()) {
      throw new IOException(
          "it answered %d with %d results to %d questions"
              .formatted(answer.statusCode(), results.size(), batch.size()));
    }
    for (int i = 0; i < batch.size(); i++) {
      for (JsonNode known : results.get(i).path("vulns")) {
        findings.add(new Finding(batch.get(i), known.path("id").asText()));
      }
    }
  }
}
