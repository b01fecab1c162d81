package jangteo.review;

import static jangteo.review.Problems.assertForbidden;
import static jangteo.review.Shop.reviewsOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jangteo.chassis.events.Event;
import jangteo.order.v1.OrderStatus;
import jangteo.testkit.DatabaseAddress;
import jangteo.testkit.Rest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** What was kept before purchases had a seller. */
class OlderPurchasesTest {
  private static final UUID ORDER = UUID.randomUUID();
  private static final long BUYER = 501;
  private static final long SELLER = 502;
  private static final long TEA = 503;

  @Test
  void theyVerifyAndLearnTheirSellerFromTheLog() {
    try (Shop shop = new Shop(OlderPurchasesTest::before)) {
      String review = Shop.path(shop.written(TEA, BUYER, 5));
      Map<String, String> reply = Map.of("text", "감사합니다.");
      assertForbidden(shop.seller(SELLER).put(review + "/reply", reply));

      shop.publish(order(2, OrderStatus.ORDER_STATUS_CONFIRMED));
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> shop.seller(SELLER).put(review + "/reply", reply).status() == 200);

      shop.publish(order(3, OrderStatus.ORDER_STATUS_CANCELLED));
      shop.awaitVerified(BUYER, TEA, false);
      shop.member(BUYER).delete(review);
      Rest.Answer again = shop.member(BUYER).post(reviewsOf(TEA), Shop.opinion(5));
      assertThat(again.status()).isEqualTo(403);
    }
  }

  private static Event order(long version, OrderStatus status) {
    return Shop.order(SELLER, ORDER, version, status, BUYER, TEA);
  }

  /** The schema's first version, and a purchase in it. */
  private static void before(DatabaseAddress database) {
    Flyway.configure()
        .dataSource(database.url(), database.owner(), database.password())
        .locations("classpath:db/migration")
        .target("1")
        .load()
        .migrate();
    try (Connection connection =
            DriverManager.getConnection(database.url(), database.username(), database.password());
        PreparedStatement insert =
            connection.prepareStatement(
                """
                INSERT INTO purchases (order_id, product_id, member_id, order_version, verifies)
                VALUES (?, ?, ?, 2, TRUE)
                """)) {
      insert.setString(1, ORDER.toString());
      insert.setLong(2, TEA);
      insert.setLong(3, BUYER);
      insert.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
