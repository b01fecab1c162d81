package jangteo.local.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CurlTest {
  private static final String URI = "http://127.0.0.1:8080/api/v1/products?q='";

  private static ObjectNode request(byte[] body) {
    ObjectNode request = new ObjectMapper().createObjectNode();
    request.put("method", "PUT").put("uri", URI);
    request.putObject("headers").putArray("If-Match").add("");
    request.putObject("body").put("$base64", Base64.getEncoder().encodeToString(body));
    return request;
  }

  @Test
  void aRequestIsACommandThatSendsTheSame() {
    assertThat(Curl.of(request("{\"name\": \"it's 김\"}".getBytes(StandardCharsets.UTF_8))))
        .isEqualTo(
            "curl -X PUT -H 'If-Match;' 'http://127.0.0.1:8080/api/v1/products?q='\\'''"
                + " --data-binary '{\"name\": \"it'\\''s 김\"}'");
  }

  @Test
  void bytesThatAreNoTextComeFromBase64() {
    assertThat(Curl.of(request(new byte[] {(byte) 0xff, 0})))
        .startsWith("echo /wA= | base64 -d | curl -X PUT ")
        .endsWith(" --data-binary @-");
  }

  @Test
  void aShellSendsThatBodyAndNoOther() throws IOException, InterruptedException {
    byte[] body = "a 'b' \\ \"c\" $d `e` 김\n".getBytes(StandardCharsets.UTF_8);
    assertThat(echoed(body)).isEqualTo(body);
  }

  @ParameterizedTest
  @ValueSource(strings = {"@file", "'", "''", "plain", "$HOME"})
  void whateverTheBodyIs(String text) throws IOException, InterruptedException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    assertThat(echoed(body)).isEqualTo(body);
  }

  /** What a shell gives a curl as its body: this one prints its last argument, or its input. */
  private static byte[] echoed(byte[] body) throws IOException, InterruptedException {
    String curl =
        "curl() { for last; do :; done; if [ \"$last\" = @- ]; then cat; else printf %s \"$last\"; fi; }\n";
    Process shell = new ProcessBuilder("sh", "-c", curl + Curl.of(request(body))).start();
    byte[] printed = shell.getInputStream().readAllBytes();
    assertThat(shell.waitFor()).isZero();
    return printed;
  }
}
