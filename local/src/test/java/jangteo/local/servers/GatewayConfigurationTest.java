package jangteo.local.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatewayConfigurationTest {
  @TempDir Path folder;

  @Test
  void envoyItselfAcceptsTheConfigurationAndNothingIsLeftToFillIn() throws Exception {
    Envoy envoy = Envoy.locate(Cache.folder(), Progress.silent());

    envoy.program(
        folder,
        folder,
        new GatewayPorts(1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
        List.of("https://shop.example"));

    Path configuration = folder.resolve("envoy.yaml");
    assertThat(configuration).content().doesNotContain("${");
    assertThat(envoy.validate(configuration)).contains("envoy.yaml' OK");
  }
}
