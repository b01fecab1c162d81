package jangteo.local.shop;

import jangteo.local.servers.Probe;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * Asks a service whether it is ready; when it is not, the service's own reasons are the message.
 */
record HealthProbe(URI uri) implements Probe {
  private static final int LIMIT_MILLIS = 2_000;
  private static final int SHOWN = 600;

  @Override
  public boolean ready() throws IOException {
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
    connection.setConnectTimeout(LIMIT_MILLIS);
    connection.setReadTimeout(LIMIT_MILLIS);
    try {
      if (connection.getResponseCode() == HttpURLConnection.HTTP_OK) {
        return true;
      }
      try (InputStream body = connection.getErrorStream()) {
        throw new IOException(
            body == null
                ? "status " + connection.getResponseCode()
                : new String(body.readNBytes(SHOWN), StandardCharsets.UTF_8));
      }
    } finally {
      connection.disconnect();
    }
  }
}
