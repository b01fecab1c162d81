package jangteo.testkit;

import java.util.Map;

/**
 * A schema of its own on the test's MariaDB.
 *
 * @param url the JDBC URL
 * @param username a user who may read and write rows of this schema, and nothing else
 * @param owner a user who may do everything in this schema and nothing outside
 * @param password the users' password; empty
 */
public record DatabaseAddress(String url, String username, String owner, String password) {

  /** A service's settings for it, by their names in its configuration. */
  public Map<String, String> settings() {
    return Map.of(
        "db.url", url,
        "db.username", username,
        "db.password", password,
        "db.owner.username", owner,
        "db.owner.password", password);
  }
}
