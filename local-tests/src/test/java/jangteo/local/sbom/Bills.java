package jangteo.local.sbom;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Small bills, as Maven writes them. */
final class Bills {
  private static final String SHA_256 =
      "3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29";

  private Bills() {}

  /** A bill with one library under that licence. */
  static Bill of(Path folder, String licence) throws IOException {
    return with(
        folder, licence, "\"hashes\": [{\"alg\": \"SHA-256\", \"content\": \"" + SHA_256 + "\"}],");
  }

  /** The same, and Maven found no file of it. */
  static Bill withoutHash(Path folder, String licence) throws IOException {
    return with(folder, licence, "");
  }

  private static Bill with(Path folder, String licence, String hashes) throws IOException {
    String text =
        """
        {
          "bomFormat": "CycloneDX",
          "specVersion": "1.6",
          "metadata": {"component": {"type": "library", "bom-ref": "shop", "name": "jangteo"}},
          "components": [
            {
              "type": "library",
              "bom-ref": "pkg:maven/org.example/lib@1.2.3?type=jar",
              "group": "org.example",
              "name": "lib",
              "version": "1.2.3",
              %s
              "licenses": [%s],
              "purl": "pkg:maven/org.example/lib@1.2.3?type=jar"
            }
          ],
          "dependencies": [{"ref": "shop", "dependsOn": ["pkg:maven/org.example/lib@1.2.3?type=jar"]}]
        }
        """
            .formatted(hashes, licence);
    return Bill.read(Files.writeString(folder.resolve("bom.json"), text));
  }

  /** A licence by its SPDX id. */
  static String id(String id) {
    return "{\"license\": {\"id\": \"" + id + "\"}}";
  }

  /** A licence by what the project calls it. */
  static String named(String name) {
    return "{\"license\": {\"name\": \"" + name + "\"}}";
  }
}
