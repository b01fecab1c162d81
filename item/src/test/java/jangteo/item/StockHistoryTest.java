package jangteo.item;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import jangteo.order.v1.OrderEvent;
import jangteo.testkit.Rest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is on hand, and how it came to that. */
class StockHistoryTest {

  private static RunningItem item;
  private static Topics topics;

  @BeforeAll
  static void start() {
    item = RunningItem.start();
    topics = item.topics();
  }

  @AfterAll
  static void stop() {
    topics.close();
    item.close();
  }

  private static String stock(String product) {
    return "/api/v1/items/" + product + "/listing/stock";
  }

  /** All of it, the newest first, in pages of that size. */
  private static List<JsonNode> history(String product, int size) {
    List<JsonNode> all = new ArrayList<>();
    String cursor = "";
    do {
      Rest.Answer page = item.seller().get(stock(product) + "?size=" + size + cursor);
      assertThat(page.status()).as(page.body().toString()).isEqualTo(200);
      page.body().get("items").forEach(all::add);
      assertThat(page.body().get("items").size()).isLessThanOrEqualTo(size);
      cursor = "&cursor=" + page.body().get("nextCursor").asText();
    } while (!cursor.endsWith("=null"));
    return all;
  }

  private static void assertLeadsTo(List<JsonNode> history, long onHand) {
    long quantity = 0;
    for (JsonNode change : history.reversed()) {
      quantity += change.get("delta").asLong();
      assertThat(change.get("quantity").asLong()).isEqualTo(quantity);
    }
    assertThat(quantity).isEqualTo(onHand);
  }

  @Test
  void everyChangeIsToldWithItsReason() {
    String product = item.product("사과");
    long listing = item.listing(product, AnOrder.PRICE, 10);
    item.seller().post(stock(product), Map.of("delta", 5, "reason", "  아침 입고 🍎 "));
    item.seller().post(stock(product), Map.of("delta", -1));
    item.listing(product, AnOrder.PRICE + 100, 14);
    item.listing(product, AnOrder.PRICE, 20);
    var order = AnOrder.of(listing, 3);
    topics.tell(order.placed(), order.confirmed(), order.returned());
    topics.replies(order.id(), 3);
    var cancelled = AnOrder.of(listing, 2);
    topics.tell(cancelled.placed(), cancelled.cancelled());
    topics.replies(cancelled.id(), 2);

    List<JsonNode> history = history(product, 2);

    assertThat(history)
        .extracting(change -> change.get("kind").asText() + " " + change.get("delta"))
        .containsExactly(
            "RETURNED 3", "SOLD -3", "COUNTED 6", "ADJUSTED -1", "ADJUSTED 5", "OPENED 10");
    assertThat(history.get(4).get("reason").asText()).isEqualTo("아침 입고 🍎");
    assertThat(history.get(3).has("reason")).isFalse();
    assertThat(history.get(1).get("orderId").asText()).isEqualTo(order.id().toString());
    assertLeadsTo(history, 20);
    assertThat(history(product, 100)).isEqualTo(history);
  }

  @Test
  void refusals() {
    String product = item.product("배");
    item.listing(product, AnOrder.PRICE, 1);

    assertThat(item.as(RunningItem.ANOTHER_SELLER, "SELLER").get(stock(product)).status())
        .isEqualTo(404);
    assertThat(item.anybody().get(stock(product)).status()).isEqualTo(401);
    assertThat(item.as(5, "BUYER").get(stock(product)).status()).isEqualTo(403);
    assertThat(item.seller().get(stock(product) + "?cursor=eA").status()).isEqualTo(422);
    assertThat(item.seller().get(stock(product) + "?size=101").status()).isEqualTo(422);
    Rest.Answer wordy =
        item.seller().post(stock(product), Map.of("delta", 1, "reason", "x".repeat(201)));
    assertThat(wordy.status()).isEqualTo(422);
    assertThat(wordy.body().get("errors").get(0).get("field").asText()).isEqualTo("reason");
  }

  /** One that is not late, whatever else the machine does. */
  private static AnOrder anOrder(long listing) {
    return AnOrder.of(listing, 2).due(Instant.now().plusSeconds(600));
  }

  private static void tell(List<AnOrder> orders, Function<AnOrder, OrderEvent> happened) {
    topics.tell(orders.stream().map(happened).toArray(OrderEvent[]::new));
  }

  @Test
  void whateverComesAtOnceItSumsToWhatIsOnHand() throws Exception {
    String product = item.product("귤");
    long listing = item.listing(product, AnOrder.PRICE, 1_000);
    List<AnOrder> orders = Stream.generate(() -> anOrder(listing)).limit(60).toList();
    List<Callable<Object>> calls = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      int n = i;
      calls.add(
          () -> item.seller().post(stock(product), Map.of("delta", n % 3 - 1, "reason", "r" + n)));
      if (n % 8 == 0) {
        calls.add(() -> item.listing(product, AnOrder.PRICE, 900 + n));
      }
    }
    calls.add(
        () -> {
          tell(orders, AnOrder::placed);
          tell(orders, AnOrder::confirmed);
          tell(orders.subList(0, 20), AnOrder::returned);
          return true;
        });

    try (var threads = Executors.newFixedThreadPool(8)) {
      for (Future<Object> done : threads.invokeAll(calls)) {
        done.get();
      }
    }
    Set<String> ids =
        orders.stream().map(order -> order.id().toString()).collect(Collectors.toSet());
    topics.replies(reply -> ids.contains(reply.getOrderId()), 60 + 60 + 20);

    assertThat(item.stock(listing).sold()).isEqualTo(120);
    assertThat(item.stock(listing).restocked()).isEqualTo(40);
    assertLeadsTo(history(product, 100), item.stock(listing).onHand());
  }
}
