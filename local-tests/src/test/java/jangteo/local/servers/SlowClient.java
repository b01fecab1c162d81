package jangteo.local.servers;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Begins a request, and then sends one more byte of it each second. */
final class SlowClient implements AutoCloseable {
  private final Socket socket;
  private final CompletableFuture<String> answer = new CompletableFuture<>();

  private SlowClient(Socket socket) {
    this.socket = socket;
  }

  /** Sends this, and then its byte a second. */
  static SlowClient sends(int port, String beginning) throws IOException {
    SlowClient client = new SlowClient(new Socket(InetAddress.getLoopbackAddress(), port));
    client.socket.getOutputStream().write(beginning.getBytes(StandardCharsets.US_ASCII));
    Thread.startVirtualThread(client::drip);
    Thread.startVirtualThread(client::read);
    return client;
  }

  /** What the server has said by the time at which it closed the connection. */
  String answer(Duration patience) throws Exception {
    return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void drip() {
    try (OutputStream out = socket.getOutputStream()) {
      while (!answer.isDone()) {
        Thread.sleep(1_000);
        out.write('a');
        out.flush();
      }
    } catch (IOException cutOff) {
      // What the server said before it is the answer.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void read() {
    StringBuilder said = new StringBuilder();
    byte[] buffer = new byte[4096];
    try {
      for (int n = socket.getInputStream().read(buffer);
          n >= 0;
          n = socket.getInputStream().read(buffer)) {
        said.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
      }
    } catch (IOException reset) {
      // A server that cuts off may reset.
    }
    answer.complete(said.toString());
  }
}
