package jangteo.local.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShopPortsTest {
  @TempDir private Path folder;

  @Test
  void theDocumentedPortsAreDistinct() {
    ShopPorts ports = ShopPorts.standard();
    assertThat(new HashSet<>(ports.all().values())).hasSameSizeAs(ports.all().keySet());
    assertThat(ports.of("gateway")).isEqualTo(8080);
    assertThat(ports.of("aggregate.admin")).isEqualTo(9087);
    assertThat(ports.of("search.grpc")).isEqualTo(7083);
  }

  @Test
  void freePortsComeBackWhileTheyAreFree() throws Exception {
    Path file = folder.resolve("ports.properties");
    ShopPorts first = ShopPorts.free(file);
    assertThat(ShopPorts.free(file).all()).isEqualTo(first.all());
    try (ServerSocket taken =
        new ServerSocket(first.of("kafka"), 1, InetAddress.getLoopbackAddress())) {
      assertThat(ShopPorts.free(file).all().values()).doesNotContain(taken.getLocalPort());
    }
  }
}
