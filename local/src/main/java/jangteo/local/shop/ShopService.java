package jangteo.local.shop;

import java.util.List;
import java.util.Set;

/**
 * One of the seven services, as the launcher needs to know it. The class with its {@code main} is
 * {@code jangteo.<name>.Main}.
 *
 * @param name also its module and, when it has one, its schema
 * @param hostsGrpc whether it listens on a gRPC port
 * @param needs what it connects to
 * @param calls the services that it calls over gRPC
 */
public record ShopService(String name, boolean hostsGrpc, Set<Need> needs, List<String> calls) {

  /** A server that a service connects to; every service also reads Kafka. */
  public enum Need {
    /** A schema and a user of its own on MariaDB. */
    DATABASE("mariadb"),
    /** MongoDB. */
    MONGO("mongodb"),
    /** Redis. */
    REDIS("redis");

    private final String part;

    Need(String part) {
      this.part = part;
    }

    /** The part that meets it. */
    String part() {
      return part;
    }
  }

  /** All services; their place in this list gives their ports (8081, 7081, 9081 and so on). */
  public static final List<ShopService> ALL =
      List.of(
          new ShopService("member", true, Set.of(Need.DATABASE, Need.REDIS), List.of()),
          new ShopService("item", true, Set.of(Need.DATABASE), List.of()),
          new ShopService("search", true, Set.of(Need.MONGO), List.of()),
          new ShopService(
              "order", false, Set.of(Need.MONGO), List.of("search", "item", "member", "payment")),
          new ShopService("payment", true, Set.of(Need.DATABASE), List.of()),
          new ShopService("review", false, Set.of(Need.DATABASE), List.of()),
          new ShopService("aggregate", false, Set.of(Need.MONGO), List.of("item")));

  /** Its database on MongoDB; aggregate writes what search reads. */
  public String mongoDatabase() {
    return name.equals("order") ? "orders" : "search";
  }

  /**
   * How large its heap may become. Order keeps the recent orders in memory, and some 60 KB for each
   * of up to {@code orders.waiting-limit} requests that wait for the saga; aggregate, during a
   * rebuild, some 2 KB for each of {@code rebuild.products-at-once} products.
   */
  String heap() {
    return name.equals("order") || name.equals("aggregate") ? "192m" : "128m";
  }

  /** Whether it has a schema on MariaDB. */
  public boolean hasDatabase() {
    return needs.contains(Need.DATABASE);
  }
}
