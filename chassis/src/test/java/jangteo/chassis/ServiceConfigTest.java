package jangteo.chassis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helidon.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process is told by its environment. */
class ServiceConfigTest {

  @Test
  void aVariableIsTheKeyInUpperCase() {
    Config config = ServiceConfig.of(Map.of("DB_POOL_SIZE", "7", "NOBODYS_KEY", "8"), Map.of());
    assertThat(config.get("db.pool-size").asInt().get()).isEqualTo(7);
    assertThat(config.get("nobodys.key").exists()).isFalse();
    assertThat(
            ServiceConfig.of(Map.of("DB_POOL_SIZE", "7"), Map.of("db.pool-size", "9"))
                .get("db.pool-size")
                .asInt()
                .get())
        .isEqualTo(9);
  }

  @Test
  @Tag("ASVS-13.3.1")
  void aSecretMayStandInAFile(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("password"), "s3cret \n");
    assertThat(
            ServiceConfig.of(Map.of("DB_PASSWORD_FILE", file.toString()), Map.of())
                .get("db.password")
                .asString()
                .get())
        .isEqualTo("s3cret ");
    assertThatThrownBy(
            () ->
                ServiceConfig.of(
                    Map.of("DB_PASSWORD", "other", "DB_PASSWORD_FILE", file.toString()), Map.of()))
        .hasMessageContaining("DB_PASSWORD_FILE");
    assertThatThrownBy(
            () ->
                ServiceConfig.of(
                    Map.of("DB_PASSWORD_FILE", folder.resolve("none").toString()), Map.of()))
        .hasMessageContaining("cannot be read");
  }
}
