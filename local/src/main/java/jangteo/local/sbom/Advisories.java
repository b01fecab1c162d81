package jangteo.local.sbom;

import java.io.IOException;
import java.util.List;

/** A source of what is known against published packages. */
public interface Advisories {

  /** What it is called. */
  String name();

  /** Whether it knows packages of this kind at all. */
  boolean covers(String packageUrl);

  /**
   * What is known of these packages.
   *
   * @throws IOException when the source cannot be asked, or not about all of them
   */
  List<Finding> about(List<String> packageUrls) throws IOException, InterruptedException;
}
