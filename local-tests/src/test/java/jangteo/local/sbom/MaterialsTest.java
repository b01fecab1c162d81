package jangteo.local.sbom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jangteo.local.Refusal;
import jangteo.local.servers.SuppliedServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bill that {@code ./jangteo sbom} writes, from what Maven says of the libraries. */
class MaterialsTest {
  @TempDir private Path folder;

  @Test
  @Tag("ASVS-15.1.2")
  void theBillNamesLibrariesAndServersWithVersionLicenceAndHash() throws Exception {
    Bill bill = Bills.of(folder, Bills.named("Bouncy Castle Licence"));
    Materials.complete(bill, LicenceRules.load());
    Path file = folder.resolve("sbom").resolve("jangteo.cdx.json");
    bill.write(file);

    JsonNode written = new ObjectMapper().readTree(file.toFile());
    JsonNode library = written.at("/components/0");
    assertThat(library.at("/licenses/0/license/id").asText()).isEqualTo("MIT");
    assertThat(library.at("/hashes/0/alg").asText()).isEqualTo("SHA-256");
    List<String> servers =
        Bill.read(file).components().stream()
            .filter(Component::isRun)
            .map(Component::title)
            .toList();
    assertThat(servers)
        .containsExactlyElementsOf(
            SuppliedServer.all().stream().map(each -> each.name() + " " + each.version()).toList());
    assertThat(servers)
        .anyMatch(each -> each.matches("mariadb \\d+\\.\\d+\\.\\d+"))
        .anyMatch(each -> each.matches("mongodb \\d+\\.\\d+\\.\\d+"))
        .anyMatch(each -> each.matches("envoy \\d+\\.\\d+\\.\\d+"));
    assertThat(written.at("/dependencies/0/dependsOn").size()).isEqualTo(1 + servers.size());
    assertThat(written.findValuesAsText("id")).contains("SSPL-1.0", "GPL-2.0-only");
  }

  @Test
  void aForbiddenLicenceFailsByTheComponentsName() throws Exception {
    Bill bill = Bills.of(folder, Bills.id("AGPL-3.0-only"));

    assertThatThrownBy(() -> Materials.complete(bill, LicenceRules.load()))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("org.example:lib 1.2.3 is under AGPL-3.0-only");
  }

  @Test
  void aJarWithoutAHashFailsByItsName() throws Exception {
    Bill bill = Bills.withoutHash(folder, Bills.id("MIT"));

    assertThatThrownBy(() -> Materials.complete(bill, LicenceRules.load()))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("org.example:lib 1.2.3 has no SHA-256");
  }
}
