package jangteo.local.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jangteo.local.Refusal;
import jangteo.local.StateFolder;
import jangteo.local.servers.Ports;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A supervisor that has left its address behind and closed its port: it is about to end. */
class ControlClientTest {
  @TempDir Path folder;
  private ControlClient client;

  @BeforeEach
  void leaveAnAddress() throws Exception {
    StateFolder state = new StateFolder(folder);
    state.create();
    new ControlAddress(ProcessHandle.current().pid(), Ports.free(1).getFirst(), "token", "gateway")
        .write(state.control());
    client = ControlClient.running(state);
  }

  @Test
  void isNotUp() throws Exception {
    assertThat(client.isUp()).isFalse();
  }

  @Test
  void whatItIsAskedIsRefusedInOneLine() {
    assertThatThrownBy(client::status)
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("does not answer");
  }
}
