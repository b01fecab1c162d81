package jangteo.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import jangteo.testkit.Rest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a seller sees of orders: the own lines, and where they go while they are to be sent. */
class SellingOrdersTest {
  private static final String SOLD = "/api/v1/seller/orders";
  private static final long BUYER = 5;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static Shop shop;
  private static Rest seller;

  @BeforeAll
  static void open(@TempDir Path stateDirectory) throws IOException {
    shop = new Shop(stateDirectory, Map.of("saga.deadline", "PT30S"));
    seller = shop.member(ScriptedCatalogue.SELLER, "BUYER", "SELLER");
  }

  @AfterAll
  static void close() {
    shop.close();
  }

  @Test
  void theAddressIsShownFromTheSettlementToTheArrival() {
    String id = placed(ScriptedAddresses.HOME, ScriptedCatalogue.TEAPOT);
    assertThat(missing(id)).isEqualTo("NOT_NEEDED");

    settle(id);
    assertThat(sold(id).at("/address/recipient").asText()).isEqualTo("member " + BUYER);
    assertThat(sold(id).at("/address/line1").asText()).isEqualTo("세종대로 110");

    Rest.Answer shipped = seller.post("/api/v1/orders/" + id + "/ship");
    assertThat(shipped.body().at("/address/recipient").asText()).isEqualTo("member " + BUYER);

    Rest.Answer delivered = seller.post("/api/v1/orders/" + id + "/deliver");
    assertThat(delivered.body().has("address")).isFalse();
    assertThat(delivered.body().path("addressMissing").asText()).isEqualTo("NOT_NEEDED");
  }

  @Test
  void aMissingAddressSaysWhy() {
    String none = placed("", ScriptedCatalogue.TEAPOT);
    String deleted = placed(ScriptedAddresses.DELETED, ScriptedCatalogue.TEAPOT);
    settle(none);
    settle(deleted);

    assertThat(missing(none)).isEqualTo("NOT_GIVEN");
    assertThat(missing(deleted)).isEqualTo("DELETED");
  }

  @Test
  void ordersAreListedWhenMemberIsAway(@TempDir Path folder) throws IOException {
    try (Shop lonely = new Shop(folder, Map.of("saga.deadline", "PT30S"))) {
      lonely.stopMember();
      String id = placed(lonely, ScriptedAddresses.HOME, ScriptedCatalogue.TEAPOT);
      settle(lonely, id);

      JsonNode sold = order(lonely.member(ScriptedCatalogue.SELLER, "SELLER"), id);
      assertThat(sold.path("addressMissing").asText()).isEqualTo("UNAVAILABLE");
    }
  }

  @Test
  void aSellerSeesTheOwnLinesAlone() {
    String id = placed("", ScriptedCatalogue.TEAPOT, ScriptedCatalogue.NEIGHBOURS);

    JsonNode mine = sold(id);
    assertThat(mine.path("items")).hasSize(1);
    assertThat(mine.at("/total/amount").asLong()).isEqualTo(12_900);
    JsonNode neighbours = order(shop.member(ScriptedCatalogue.NEIGHBOUR, "SELLER"), id);
    assertThat(neighbours.at("/total/amount").asLong()).isEqualTo(4_000);
    assertThat(shop.member(99, "SELLER").get(SOLD).body().path("items")).isEmpty();
    assertThat(shop.member(BUYER).get(SOLD).status()).isEqualTo(403);
    assertThat(shop.nobody().get(SOLD).status()).isEqualTo(401);
  }

  @Test
  void thePagesHoldEachOrderOnce() {
    Rest other = shop.member(ScriptedCatalogue.NEIGHBOUR, "SELLER");
    List<String> placed = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      placed.addFirst(placed("", ScriptedCatalogue.NEIGHBOURS));
    }
    List<String> read = new ArrayList<>();
    String next = SOLD + "?size=2";
    while (!next.isEmpty() && read.size() < placed.size()) {
      JsonNode page = other.get(next).body();
      page.path("items").forEach(order -> read.add(order.path("orderId").asText()));
      next =
          page.hasNonNull("nextCursor")
              ? SOLD + "?size=2&cursor=" + page.path("nextCursor").asText()
              : "";
    }
    assertThat(read.subList(0, placed.size())).isEqualTo(placed);
    assertThat(other.get(SOLD + "?cursor=nonsense").status()).isEqualTo(422);
  }

  private static String placed(String addressId, long... products) {
    return placed(shop, addressId, products);
  }

  private static String placed(Shop shop, String addressId, long... products) {
    Map<String, Object> request = new HashMap<>();
    request.put(
        "items",
        Arrays.stream(products)
            .mapToObj(id -> Map.of("productId", Long.toString(id), "quantity", 1))
            .toList());
    request.put("payment", Map.of("method", "CARD", "token", "tok_ok"));
    if (!addressId.isEmpty()) {
      request.put("addressId", addressId);
    }
    Rest.Answer answer =
        shop.member(BUYER)
            .post("/api/v1/orders", request, "Idempotency-Key", UUID.randomUUID().toString());
    assertThat(answer.status()).isEqualTo(202);
    return answer.body().path("orderId").asText();
  }

  private static void settle(String id) {
    settle(shop, id);
  }

  private static void settle(Shop shop, String id) {
    shop.accept(id);
    shop.settle(id);
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                shop.member(BUYER)
                    .get("/api/v1/orders/" + id)
                    .body()
                    .at("/payment/status")
                    .asText()
                    .equals("CAPTURED"));
  }

  private static JsonNode sold(String id) {
    return order(seller, id);
  }

  private static String missing(String id) {
    return sold(id).path("addressMissing").asText();
  }

  private static JsonNode order(Rest caller, String id) {
    for (JsonNode order : caller.get(SOLD + "?size=100").body().path("items")) {
      if (order.path("orderId").asText().equals(id)) {
        return order;
      }
    }
    throw new AssertionError("the seller does not see the order " + id);
  }
}
