package jangteo.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import jangteo.testkit.Rest.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Many want the same at the same time. */
@Order(3)
class RacesTest {
  private static final Duration SETTLED = Duration.ofSeconds(60);

  /** Two hundred at once on a machine of two cores that has other things to do. */
  private static final Duration TAKEN = Duration.ofMinutes(3);

  private static final Duration LOOK = Duration.ofMillis(250);

  private static Person seller;
  private static List<Person> buyers;

  /** Looks at once, and then again and again: what is asked for has often happened by then. */
  private static ConditionFactory eventually(Duration atMost) {
    return await().atMost(atMost).pollDelay(Duration.ZERO).pollInterval(LOOK);
  }

  @BeforeAll
  static void people() {
    seller = Person.seller("박상인", "한라 과일");
    buyers = IntStream.range(0, 5).mapToObj(i -> Person.signedUp("김구매 " + i)).toList();
  }

  /** Does all at once; returns what came of each. */
  private static <T> List<T> atOnce(List<? extends Callable<T>> works) throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    List<Future<T>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Callable<T> work : works) {
        running.add(
            threads.submit(
                () -> {
                  go.await();
                  return work.call();
                }));
      }
      go.countDown();
      List<T> results = new ArrayList<>();
      for (Future<T> each : running) {
        results.add(each.get());
      }
      return results;
    }
  }

  @Test
  @Tag("ASVS-2.3.4")
  @Tag("API6")
  void theLastUnitIsSoldOnceToTwoHundredWhoWantItAtOnce() throws Exception {
    String product = seller.lists(9_000, 1);
    List<Callable<JsonNode>> wishes =
        IntStream.range(0, 200)
            .mapToObj(i -> buyers.get(i % buyers.size()))
            .map(
                buyer ->
                    (Callable<JsonNode>)
                        () -> {
                          String key = UUID.randomUUID().toString();
                          return endOf(buyer, taken(buyer, product, key));
                        })
            .toList();

    List<JsonNode> ends = atOnce(wishes);

    // On a machine that is too busy, who had the unit may run out of time; then it is there again.
    long sold = ends.stream().filter(RacesTest::isConfirmed).count();
    assertThat(sold).isLessThanOrEqualTo(1);
    eventually(SETTLED).until(() -> available(product) == 1 - sold);
    Person next = buyers.getFirst();
    JsonNode last = endOf(next, taken(next, product, UUID.randomUUID().toString()));
    assertThat(isConfirmed(last)).as("%s", last).isEqualTo(sold == 0);
    assertThat(ends)
        .filteredOn(end -> !isConfirmed(end))
        .extracting(end -> end.path("reason").asText())
        .doesNotContain("");

    Stream<JsonNode> all = Stream.concat(ends.stream(), Stream.of(last));
    List<String> orders = all.map(end -> end.get("orderId").asText()).toList();
    eventually(SETTLED)
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(
            () ->
                assertThat(orders)
                    .filteredOn(order -> paymentsOf(order).contains("CAPTURED"))
                    .hasSize(1));
  }

  private static boolean isConfirmed(JsonNode order) {
    return order.get("status").asText().equals("CONFIRMED");
  }

  private static List<String> paymentsOf(String order) {
    return buyers.stream()
        .flatMap(buyer -> buyer.payments(order).findValuesAsText("status").stream())
        .toList();
  }

  @Test
  @Tag("API6")
  void theSameKeyFromFiftyClientsAtOnceIsOneOrder() throws Exception {
    String product = seller.lists(9_000, 100);
    Person buyer = buyers.getFirst();
    String key = UUID.randomUUID().toString();

    Set<String> orders =
        atOnce(
                IntStream.range(0, 50)
                    .mapToObj(i -> (Callable<String>) () -> taken(buyer, product, key))
                    .toList())
            .stream()
            .collect(Collectors.toSet());

    assertThat(orders).hasSize(1);
    assertThat(endOf(buyer, orders.iterator().next()).get("status").asText())
        .isEqualTo("CONFIRMED");
    eventually(SETTLED).until(() -> available(product) == 99);
    assertThat(buyer.payments(orders.iterator().next()).get("items")).hasSize(1);
  }

  /** The cancellation meets the order before, while and after it is confirmed. */
  @Test
  @Tag("ASVS-2.3.1")
  void anOrderThatIsCancelledWhileItIsConfirmedIsNeverBothChargedAndCancelled() throws Exception {
    int rounds = 40;
    String product = seller.lists(2_000, 1_000);
    List<JsonNode> ends =
        atOnce(
                IntStream.range(0, buyers.size())
                    .mapToObj(
                        lane -> (Callable<List<JsonNode>>) () -> cancelled(product, lane, rounds))
                    .toList())
            .stream()
            .flatMap(List::stream)
            .toList();
    assertThat(ends).hasSize(rounds);
    long kept = ends.stream().filter(end -> end.get("status").asText().equals("CONFIRMED")).count();

    for (JsonNode end : ends) {
      boolean confirmed = end.get("status").asText().equals("CONFIRMED");
      eventually(SETTLED)
          .untilAsserted(
              () ->
                  assertThat(paymentsOf(end.get("orderId").asText()))
                      .as("%s", end)
                      .isSubsetOf(confirmed ? List.of("CAPTURED") : List.of("VOIDED", "REFUNDED"))
                      .hasSizeBetween(confirmed ? 1 : 0, 1));
    }
    eventually(SETTLED).until(() -> available(product) == 1_000 - kept);
    assertThat(kept).isLessThan(rounds);
  }

  /** One buyer's share of the rounds, each of which cancels 10 ms later than the one before. */
  private static List<JsonNode> cancelled(String product, int lane, int rounds)
      throws InterruptedException {
    List<JsonNode> ends = new ArrayList<>();
    for (int round = lane; round < rounds; round += buyers.size()) {
      ends.add(cancelled(buyers.get(lane), product, round * 10));
    }
    return ends;
  }

  private static JsonNode cancelled(Person buyer, String product, int afterMillis)
      throws InterruptedException {
    String order = taken(buyer, product, UUID.randomUUID().toString());
    Thread.sleep(afterMillis);
    Answer answer = buyer.rest().post("/api/v1/orders/" + order + "/cancel");
    assertThat(answer.status()).as("%s", answer.body()).isIn(202, 409);
    return endOf(buyer, order);
  }

  /** Places it, repeating with the key while the shop is busy or does not say what became of it. */
  private static String taken(Person buyer, String product, String key) {
    return eventually(TAKEN)
        .until(
            () ->
                buyer
                    .rest()
                    .post("/api/v1/orders", Person.order(product, 1), "Idempotency-Key", key),
            answer -> answer.status() < 500)
        .body()
        .path("orderId")
        .asText();
  }

  private static JsonNode endOf(Person buyer, String order) {
    assertThat(order).as("the order was taken").isNotEmpty();
    return eventually(TAKEN)
        .until(
            () -> buyer.rest().get("/api/v1/orders/" + order).body(),
            seen -> seen.has("orderId") && !seen.get("status").asText().equals("PLACED"));
  }

  private static int available(String product) {
    return buyers
        .getFirst()
        .rest()
        .get("/api/v1/products/" + product)
        .body()
        .at("/listings/0/quantity")
        .asInt();
  }
}
