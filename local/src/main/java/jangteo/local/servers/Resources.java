package jangteo.local.servers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Templates that are shipped with the classes. */
public final class Resources {
  private Resources() {}

  /**
   * The text of a resource under {@code jangteo/local}.
   *
   * @throws IOException when there is none
   */
  public static String text(String name) throws IOException {
    try (InputStream content = Resources.class.getResourceAsStream("/jangteo/local/" + name)) {
      if (content == null) {
        throw new IOException("no resource " + name);
      }
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
