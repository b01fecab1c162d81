package jangteo.local.servers;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** The probes that need nothing but a socket. */
final class NetworkProbes {
  private static final int LIMIT_MILLIS = 2_000;

  private NetworkProbes() {}

  static Probe tcp(int port) {
    return () -> {
      try (Socket socket = connect(port)) {
        return socket.isConnected();
      }
    };
  }

  static Probe http(URI uri) {
    return () -> {
      HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
      connection.setConnectTimeout(LIMIT_MILLIS);
      connection.setReadTimeout(LIMIT_MILLIS);
      connection.setInstanceFollowRedirects(false);
      try {
        int status = connection.getResponseCode();
        return status >= 200 && status < 300;
      } finally {
        connection.disconnect();
      }
    };
  }

  static Probe redis(int port) {
    return () -> {
      try (Socket socket = connect(port)) {
        socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
        byte[] answer = socket.getInputStream().readNBytes(7);
        return "+PONG\r\n".equals(new String(answer, StandardCharsets.US_ASCII));
      }
    };
  }

  private static Socket connect(int port) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setSoTimeout(LIMIT_MILLIS);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), LIMIT_MILLIS);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }
}
