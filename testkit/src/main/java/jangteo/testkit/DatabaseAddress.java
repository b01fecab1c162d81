package jangteo.testkit;

/**
 * A schema of its own on the test's MariaDB.
 *
 * @param url the JDBC URL
 * @param username a user who may do everything in this schema and nothing outside
 * @param password the user's password; empty
 */
public record DatabaseAddress(String url, String username, String password) {}
