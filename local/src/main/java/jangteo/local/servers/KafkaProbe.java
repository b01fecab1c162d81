package jangteo.local.servers;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** Asks the broker for the cluster: it lists itself as soon as the controller has unfenced it. */
record KafkaProbe(int port) implements Probe {
  private static final int LIMIT_MILLIS = 2_000;

  @Override
  public boolean ready() throws IOException {
    // The admin client retries and logs for long when nobody listens: look first.
    NetworkProbes.tcp(port).ready();
    try (Admin admin =
        Admin.create(
            Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                "127.0.0.1:" + port,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                LIMIT_MILLIS,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                LIMIT_MILLIS))) {
      return !admin.describeCluster().nodes().get(LIMIT_MILLIS, TimeUnit.MILLISECONDS).isEmpty();
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("Kafka does not answer yet: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
