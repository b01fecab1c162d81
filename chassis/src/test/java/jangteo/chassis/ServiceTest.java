package jangteo.chassis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import jangteo.chassis.web.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceTest {

  private final List<String> told = new ArrayList<>();

  private final class Told implements Part {
    @Override
    public String name() {
      return "told";
    }

    @Override
    public void start() {
      told.add("start");
    }

    @Override
    public void stop() {
      told.add("stop");
    }
  }

  @Test
  void whatHasStartedIsStoppedWhenAnotherPartCannotStart() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Config config = config(taken.getLocalPort());
      assertThatThrownBy(() -> Service.start("sample", config, this::wire))
          .hasMessage("REST cannot listen");
    }
    assertThat(told).containsExactly("start", "stop");
  }

  private void wire(Service.Builder service) {
    service.signingKeys(
        id -> {
          throw Problem.unavailable("No keys here.", Duration.ofSeconds(1)).exception();
        });
    service.part(new Told());
  }

  private static Config config(int port) {
    return Config.just(
        ConfigSources.create(
            Map.of(
                "server.port", Integer.toString(port),
                "kafka.bootstrap-servers", "127.0.0.1:1",
                "security.issuer", "nobody",
                "security.audience", "nobody")));
  }
}
