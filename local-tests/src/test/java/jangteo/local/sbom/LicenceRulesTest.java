package jangteo.local.sbom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LicenceRulesTest {
  private static final String RULES =
      """
      {
        "linked": {"Apache-2.0": "", "MIT": "", "EPL-2.0": "for its own files alone"},
        "run": {"SSPL-1.0": "only run"},
        "names": {"Eclipse Public License 2.0": "EPL-2.0"},
        "components": {
          "pkg:maven/org.example/silent": {"licences": ["MIT"], "because": "its LICENSE file"}
        }
      }
      """;

  private static LicenceRules rules(String text) throws IOException {
    return LicenceRules.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static Optional<String> objection(String type, String name, String licences)
      throws IOException {
    String component =
        """
        {"type": "%s", "group": "org.example", "name": "%s", "version": "1.0", "licenses": [%s],
         "purl": "pkg:maven/org.example/%s@1.0?type=jar"}
        """
            .formatted(type, name, licences, name);
    return rules(RULES)
        .objection(new Component((ObjectNode) new ObjectMapper().readTree(component)));
  }

  @Test
  void whatIsAllowedPasses() throws IOException {
    assertThat(objection("library", "lib", Bills.id("MIT"))).isEmpty();
    assertThat(objection("library", "lib", Bills.id("EPL-2.0") + "," + Bills.id("MIT"))).isEmpty();
    assertThat(objection("library", "lib", Bills.named("Eclipse Public License 2.0"))).isEmpty();
    assertThat(objection("application", "server", Bills.id("Apache-2.0"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"AGPL-3.0-only", "GPL-2.0-only", "BUSL-1.1", "Proprietary", "apache-2.0"})
  void anyOtherIsRefusedByTheComponentsName(String licence) throws IOException {
    assertThat(objection("library", "lib", Bills.id(licence)))
        .contains("org.example:lib 1.0 is under " + licence + ", which is not allowed here");
    assertThat(objection("library", "lib", Bills.named(licence))).isPresent();
  }

  /** Whether one may choose is for a person to say, in the file. */
  @Test
  void ofSeveralLicencesEachHasToBeAllowed() throws IOException {
    assertThat(objection("library", "lib", Bills.id("MIT") + "," + Bills.id("GPL-3.0-only")))
        .isPresent();
    assertThat(objection("library", "lib", "{\"expression\": \"MIT OR GPL-3.0-only\"}"))
        .isPresent();
  }

  @Test
  void whatStatesNoLicenceIsRefusedUnlessTheFileKnowsIt() throws IOException {
    assertThat(objection("library", "lib", "")).contains("org.example:lib 1.0 states no licence");
    assertThat(objection("library", "silent", "")).isEmpty();
  }

  @Test
  void whatMayBeRunMayNotBeLinked() throws IOException {
    assertThat(objection("application", "server", Bills.id("SSPL-1.0"))).isEmpty();
    assertThat(objection("library", "lib", Bills.id("SSPL-1.0"))).isPresent();
  }

  @Test
  void copyleftIsNotAllowedWithoutAReason() {
    assertThatThrownBy(() -> rules(RULES.replace("for its own files alone", "")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("EPL-2.0");
  }

  @Test
  void theProjectsOwnRulesAreWellFormed() throws IOException {
    assertThat(LicenceRules.load()).isNotNull();
  }
}
