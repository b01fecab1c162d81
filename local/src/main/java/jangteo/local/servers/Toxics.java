package jangteo.local.servers;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What a running Toxiproxy does to its connections, both ways and to those already open. */
public final class Toxics {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final List<String> WAYS = List.of("upstream", "downstream");

  private final URI base;
  private final String mark;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(LIMIT).build();

  /**
   * Of the server that is steered on this port of 127.0.0.1.
   *
   * @param mark in the names of what is done here: a proxy bears several, and each is healed alone
   */
  public Toxics(int port, String mark) {
    this.mark = mark;
    this.base = URI.create("http://127.0.0.1:" + port);
  }

  /**
   * Every packet takes longer, by the same time each way.
   *
   * @throws IOException when the server does not do it
   */
  public void delay(String proxy, Duration each) throws IOException, InterruptedException {
    add(proxy, "latency", Map.of("latency", each.toMillis()));
  }

  /** Every connection, open or new, is reset at once. */
  public void reset(String proxy) throws IOException, InterruptedException {
    add(proxy, "reset_peer", Map.of("timeout", 0));
  }

  /** Nothing comes through and nothing is refused, until it is healed: then connections close. */
  public void swallow(String proxy) throws IOException, InterruptedException {
    add(proxy, "timeout", Map.of("timeout", 0));
  }

  /** Ends what was done to the proxy under this mark; harmless when nothing was. */
  public void heal(String proxy) throws IOException, InterruptedException {
    for (String way : WAYS) {
      int status = send("DELETE", "/proxies/" + proxy + "/toxics/" + name(way), Map.of());
      if (status != 204 && status != 404) {
        throw new IOException("toxiproxy answered " + status + " when healing " + proxy);
      }
    }
  }

  private void add(String proxy, String type, Map<String, Object> attributes)
      throws IOException, InterruptedException {
    for (String way : WAYS) {
      Map<String, Object> toxic =
          Map.of("name", name(way), "type", type, "stream", way, "attributes", attributes);
      int status = send("POST", "/proxies/" + proxy + "/toxics", toxic);
      if (status != 200) {
        throw new IOException("toxiproxy answered " + status + " to " + type + " on " + proxy);
      }
    }
  }

  private String name(String way) {
    return mark + "-" + way;
  }

  private int send(String method, String path, Map<String, Object> body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(LIMIT)
            .method(method, BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
            .build();
    HttpResponse<Void> answer = http.send(request, BodyHandlers.discarding());
    return answer.statusCode();
  }
}
