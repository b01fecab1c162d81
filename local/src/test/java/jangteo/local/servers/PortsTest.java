package jangteo.local.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortsTest {

  @Test
  void freePortsAreNotThoseOfOutgoingConnectionsAndComeAgainLate() {
    List<Integer> ports = new ArrayList<>(Ports.free(20));
    ports.addAll(Ports.free(20));

    assertThat(ports).doesNotHaveDuplicates().allMatch(port -> port < 32_000).hasSize(40);
  }

  @Test
  void aTakenPortIsLeftOut() throws IOException {
    int port = Ports.free(1).getFirst();
    try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThat(Ports.isFree(taken.getLocalPort())).isFalse();
      assertThat(Ports.free(60)).doesNotContain(port);
      assertThat(Ports.free(60)).doesNotContain(port);
    }
    assertThat(Ports.isFree(port)).isTrue();
  }

  @Test
  void morePortsThanThereAreAreRefused() {
    assertThatThrownBy(() -> Ports.free(200)).isInstanceOf(IllegalStateException.class);
  }
}
