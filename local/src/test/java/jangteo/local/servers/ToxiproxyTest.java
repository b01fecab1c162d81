package jangteo.local.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Toxiproxy in front of a server that says everything back. */
class ToxiproxyTest {
  private static final Duration LATE = Duration.ofMillis(150);
  private static final int PATIENCE_MILLIS = 1_000;

  @TempDir private Path folder;

  @Test
  void connectionsAreSlowedDownSwallowedResetAndHealed() throws Exception {
    Toxiproxy located;
    try {
      located = Toxiproxy.locate(Cache.folder(), Progress.silent());
    } catch (MissingPartException e) {
      assertThat(e.howToGetIt()).contains("Install Go"); // all that a machine without it can show
      return;
    }
    List<Integer> ports = Ports.free(2);
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.startVirtualThread(() -> echo(server));
      var proxy = new Toxiproxy.Proxy("echo", ports.getFirst(), server.getLocalPort());
      ManagedProcess process =
          ManagedProcess.start(
              located.program(folder, folder, ports.getLast(), List.of(proxy)), folder);
      try {
        process.awaitReady();
        misbehaves(proxy.listen(), new Toxics(ports.getLast(), "fault"));
        bearsTwo(
            proxy.listen(),
            new Toxics(ports.getLast(), "fault"),
            new Toxics(ports.getLast(), "other"));
      } finally {
        process.kill();
      }
    }
  }

  private static void misbehaves(int port, Toxics toxics) throws Exception {
    assertThat(roundTrip(port)).isLessThan(LATE);

    toxics.delay("echo", LATE);
    assertThat(roundTrip(port)).isGreaterThan(LATE.multipliedBy(2));
    toxics.heal("echo");
    assertThat(roundTrip(port)).isLessThan(LATE);

    try (Socket open = connect(port)) {
      say(open);
      toxics.swallow("echo");
      assertThatThrownBy(() -> say(open)).isInstanceOf(SocketTimeoutException.class);
      assertThatThrownBy(() -> roundTrip(port)).isInstanceOf(SocketTimeoutException.class);
      toxics.heal("echo");
    }
    assertThat(roundTrip(port)).isLessThan(LATE);

    try (Socket open = connect(port)) {
      say(open);
      toxics.reset("echo");
      assertThatThrownBy(() -> say(open))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(SocketTimeoutException.class);
      toxics.heal("echo");
    }
    assertThat(roundTrip(port)).isLessThan(LATE);
    toxics.heal("echo"); // harmless when nothing is wrong
    assertThatThrownBy(() -> toxics.reset("nobody")).hasMessageContaining("404");
  }

  private static void bearsTwo(int port, Toxics one, Toxics other) throws Exception {
    one.delay("echo", LATE);
    other.delay("echo", LATE);
    assertThat(roundTrip(port)).isGreaterThan(LATE.multipliedBy(4));
    one.heal("echo");
    assertThat(roundTrip(port)).isGreaterThan(LATE.multipliedBy(2));
    other.heal("echo");
    assertThat(roundTrip(port)).isLessThan(LATE);
  }

  private static Duration roundTrip(int port) throws IOException {
    try (Socket socket = connect(port)) {
      long begin = System.nanoTime();
      say(socket);
      return Duration.ofNanos(System.nanoTime() - begin);
    }
  }

  private static Socket connect(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    return socket;
  }

  private static void say(Socket socket) throws IOException {
    socket.getOutputStream().write('x');
    if (socket.getInputStream().read() != 'x') {
      throw new IOException("the connection is closed");
    }
  }

  private static void echo(ServerSocket server) {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.startVirtualThread(
            () -> {
              try (socket) {
                socket.getInputStream().transferTo(socket.getOutputStream());
              } catch (IOException e) {
                // The proxy broke the connection: that is what is tested.
              }
            });
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  @Test
  void anOwnOneThatIsNotThereIsRefused() {
    assertThatThrownBy(
            () ->
                Toxiproxy.locate(
                    Map.of("JANGTEO_TOXIPROXY", folder.resolve("none").toString()),
                    folder,
                    Progress.silent()))
        .isInstanceOf(MissingPartException.class)
        .hasMessageContaining("JANGTEO_TOXIPROXY");
  }
}
