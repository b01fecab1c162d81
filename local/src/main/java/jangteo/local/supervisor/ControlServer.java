package jangteo.local.supervisor;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jangteo.local.Refusal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;

/**
 * The supervisor's ear on loopback: {@code GET /status}, {@code GET /up}, {@code POST
 * /parts/NAME/VERB}, {@code POST /down}. A caller shows the token of the {@link ControlAddress}.
 */
public final class ControlServer implements AutoCloseable {
  static final String TOKEN = "X-Jangteo-Token";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Supervisor supervisor;
  private final Runnable down;
  private final HttpServer server;
  private final String token;
  private final Path file;
  private volatile boolean up;

  private ControlServer(Supervisor supervisor, Runnable down, HttpServer server, Path file) {
    this.supervisor = supervisor;
    this.down = down;
    this.server = server;
    this.file = file;
    this.token = UUID.randomUUID().toString();
  }

  /**
   * Listens on a free port and writes the address into the file.
   *
   * @param down asked to end the shop; returns at once
   */
  public static ControlServer start(Supervisor supervisor, String gateway, Path file, Runnable down)
      throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var control = new ControlServer(supervisor, down, http, file);
    http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    http.createContext("/", control::answer);
    http.start();
    long pid = ProcessHandle.current().pid();
    new ControlAddress(pid, http.getAddress().getPort(), control.token, gateway).write(file);
    return control;
  }

  /** From now on {@code GET /up} answers true: every part was ready once. */
  public void markUp() {
    up = true;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!token.equals(exchange.getRequestHeaders().getFirst(TOKEN))) {
        send(exchange, 401, "The token of the state folder is missing.");
        return;
      }
      try {
        send(
            exchange,
            200,
            carryOut(exchange.getRequestMethod(), exchange.getRequestURI().getPath()));
      } catch (Refusal e) {
        send(exchange, 409, String.valueOf(e.getMessage()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        send(exchange, 503, "interrupted");
      } catch (RuntimeException e) {
        send(exchange, 500, e.toString());
      }
    }
  }

  private String carryOut(String method, String path) throws IOException, InterruptedException {
    List<String> words = List.of(path.substring(1).split("/", -1));
    if ("GET".equals(method) && words.equals(List.of("status"))) {
      return JSON.writeValueAsString(supervisor.status());
    }
    if ("GET".equals(method) && words.equals(List.of("up"))) {
      return Boolean.toString(up);
    }
    if ("POST".equals(method) && words.equals(List.of("down"))) {
      down.run();
      return "The shop is going down.";
    }
    if ("POST".equals(method) && words.size() == 3 && words.getFirst().equals("parts")) {
      String name = words.get(1);
      return switch (words.get(2)) {
        case "start" -> supervisor.start(name);
        case "stop" -> supervisor.stop(name);
        case "restart" -> supervisor.restart(name);
        case "kill" -> supervisor.kill(name);
        case "pause" -> supervisor.pause(name);
        case "resume" -> supervisor.resume(name);
        default -> throw new Refusal("no such verb: " + words.get(2));
      };
    }
    throw new Refusal("no such call: " + method + " " + path);
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  /** Removes the address and stops listening. */
  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
    server.stop(0);
  }
}
