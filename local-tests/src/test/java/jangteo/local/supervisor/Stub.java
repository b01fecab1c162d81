package jangteo.local.supervisor;

import com.sun.net.httpserver.HttpServer;
import jangteo.local.servers.Probe;
import jangteo.local.servers.Program;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A small program of our own as a part: it answers 200 on its port and ends when told so. */
final class Stub {
  private Stub() {}

  /** The program; {@code GET /exit} ends it with code 3. */
  public static void main(String[] args) throws IOException {
    var address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]));
    HttpServer server = HttpServer.create(address, 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.createContext("/exit", exchange -> Runtime.getRuntime().halt(3));
    server.start();
  }

  /** The part of that name on that port. */
  static Part part(String name, Part.Layer layer, Set<String> after, int port, Path folder) {
    return part(name, layer, after, port, folder, Stub.class.getName());
  }

  /** The same with a main class that may not exist. */
  static Part part(
      String name, Part.Layer layer, Set<String> after, int port, Path folder, String main) {
    var program =
        new Program(
            name,
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                main,
                Integer.toString(port)),
            Map.of(),
            folder,
            folder.resolve(name + ".log"),
            Probe.http(URI.create("http://127.0.0.1:" + port + "/")),
            port,
            Duration.ofSeconds(30));
    return new Part(
        name,
        layer,
        after,
        List.of(port),
        progress -> new Part.Prepared(program, "test"),
        Part.OnReady.NOTHING);
  }
}
