package jangteo.local.servers;

import java.util.List;
import java.util.Optional;

/**
 * A server of another project that the launcher brings, as a bill of materials names it. Kafka is
 * none of them: it is a library like others, and runs from its jars.
 *
 * @param name what it is called
 * @param version its own version
 * @param purl its package URL (purl-spec)
 * @param carrier the package URL of the package that it comes in, when that is another one and no
 *     library of this build
 */
public record SuppliedServer(String name, String version, String purl, Optional<String> carrier) {

  static SuppliedServer itself(String name, String version, String purl) {
    return new SuppliedServer(name, version, purl, Optional.empty());
  }

  static SuppliedServer carried(String name, String version, Optional<String> carrier) {
    return new SuppliedServer(name, version, "pkg:generic/" + name + "@" + version, carrier);
  }

  /** All of them. */
  public static List<SuppliedServer> all() {
    return List.of(
        MariaDb.supplied(),
        Mongo.supplied(),
        Redis.supplied(),
        Envoy.supplied(),
        StripeMock.supplied(),
        Toxiproxy.supplied());
  }
}
