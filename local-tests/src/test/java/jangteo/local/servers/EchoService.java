package jangteo.local.servers;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands for a service behind the gateway: answers with its name and with what it was sent. */
final class EchoService implements AutoCloseable {
  private final HttpServer server;
  private final AtomicInteger requests = new AtomicInteger();

  /**
   * Listens on the port.
   *
   * @param jwks where the public keys come from that this service publishes
   */
  EchoService(String name, int port, URI jwks) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", exchange -> echo(name, exchange));
    server.createContext("/.well-known/jwks.json", exchange -> keys(jwks, exchange));
    server.start();
  }

  /** How many requests reached it, without those for keys. */
  int requests() {
    return requests.get();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void echo(String name, HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    if (exchange.getRequestURI().getPath().endsWith("/dropped")) {
      exchange.getRequestBody().readAllBytes();
      exchange.close(); // no answer at all
      return;
    }
    if (exchange.getRequestURI().getPath().endsWith("/silent")) {
      return; // the connection stays, and nothing comes
    }
    if (exchange.getRequestURI().getPath().endsWith("/events")) {
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write("event: status\n\n".getBytes(StandardCharsets.UTF_8));
      exchange.getResponseBody().flush(); // and the stream stays open
      return;
    }
    Map<String, Object> seen = new LinkedHashMap<>();
    seen.put("service", name);
    seen.put("path", exchange.getRequestURI().toString());
    seen.put("bytes", exchange.getRequestBody().readAllBytes().length);
    Map<String, String> headers = new LinkedHashMap<>();
    exchange.getRequestHeaders().forEach((key, values) -> headers.put(key, values.getFirst()));
    seen.put("headers", headers);
    send(exchange, new ObjectMapper().writeValueAsBytes(seen));
  }

  private static void keys(URI jwks, HttpExchange exchange) throws IOException {
    try (var content = jwks.toURL().openStream()) {
      send(exchange, content.readAllBytes());
    }
  }

  private static void send(HttpExchange exchange, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
