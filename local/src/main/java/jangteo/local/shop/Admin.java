package jangteo.local.shop;

import java.util.Map;

/** The first administrator, made by the member service at its first start. */
public record Admin(String email, String password) {

  /** From the environment, or the local default that {@code up} prints. */
  public static Admin from(Map<String, String> environment) {
    return new Admin(
        environment.getOrDefault("JANGTEO_ADMIN_EMAIL", "admin@jangteo.local"),
        environment.getOrDefault("JANGTEO_ADMIN_PASSWORD", "jangteo-admin-2026"));
  }
}
