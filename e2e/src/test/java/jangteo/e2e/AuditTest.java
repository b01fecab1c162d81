package jangteo.e2e;

import static com.mongodb.client.model.Filters.eq;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Updates;
import jangteo.testkit.Rest;
import jangteo.testkit.Rest.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * The audit over the whole shop, after all that the other tests have done to it. Each test spoils
 * one thing behind the shop's back, has it found by its id, and puts it right again.
 */
@Order(6)
class AuditTest {
  private static final String EMAIL = "admin@jangteo.local";
  private static final String PASSWORD = "jangteo-admin-2026";
  private static final long PRICE = 12_900;

  private static Stores stores;
  private static Rest admin;
  private static Person seller;
  private static Person buyer;
  private static String product;
  private static String listing;
  private static String sold;
  private static String declined;

  @BeforeAll
  static void anOrderThatIsSoldAndOneThatIsNot() {
    stores = new Stores();
    seller = Person.seller("박상인", "한라 과일");
    product = seller.lists(PRICE, 1_000);
    listing =
        seller
            .rest()
            .get("/api/v1/products/" + product)
            .body()
            .at("/listings/0/listingId")
            .asText();
    buyer = Person.signedUp("김구매");
    deposit(buyer, 100_000);
    sold = buyer.orders(product, 1, Person.wallet());
    declined = buyer.orders(product, 1, Person.card("tok_declined"));
    assertThat(buyer.awaitDecided(sold).get("status").asText()).isEqualTo("CONFIRMED");
    assertThat(buyer.awaitDecided(declined).get("status").asText()).isEqualTo("REJECTED");
    Answer tokens =
        RunningShop.get()
            .rest()
            .post("/api/v1/auth/login", Map.of("email", EMAIL, "password", PASSWORD));
    admin = RunningShop.get().rest().as(tokens.body().get("accessToken").asText());
    await().atMost(Duration.ofMinutes(2)).untilAsserted(AuditTest::allIsWell);
  }

  @AfterAll
  static void close() {
    stores.close();
  }

  private static void deposit(Person member, long amount) {
    Answer deposit =
        member
            .rest()
            .post(
                "/api/v1/wallet/deposits",
                Map.of("amount", Map.of("amount", amount, "currency", "KRW"), "token", "tok_ok"),
                "Idempotency-Key",
                UUID.randomUUID().toString());
    assertThat(deposit.status()).as("%s", deposit.body()).isEqualTo(201);
  }

  private static JsonNode audit() {
    Answer answer = admin.get("/api/v1/admin/audit");
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
    return answer.body();
  }

  private static void allIsWell() {
    JsonNode audit = audit();
    assertThat(audit.get("ok").asBoolean()).as("%s", audit).isTrue();
  }

  private static void finds(String invariant, String id, Runnable spoil, Runnable mend) {
    JsonNode audit;
    spoil.run();
    try {
      audit = audit();
    } finally {
      mend.run();
    }
    assertThat(audit.get("ok").asBoolean()).as("%s", audit).isFalse();
    assertThat(violations(audit, invariant)).as("%s", audit).containsExactly(id);
    allIsWell();
  }

  private static List<String> violations(JsonNode audit, String invariant) {
    for (JsonNode one : audit.get("invariants")) {
      if (one.get("name").asText().equals(invariant)) {
        assertThat(one.get("ok").asBoolean()).isEqualTo(one.get("violations").isEmpty());
        List<String> ids = new ArrayList<>();
        one.get("violations").forEach(id -> ids.add(id.asText()));
        return ids;
      }
    }
    throw new AssertionError("no invariant " + invariant + " in " + audit);
  }

  @Test
  void everythingIsChecked() {
    JsonNode audit = audit();
    assertThat(audit.get("invariants").findValuesAsText("name"))
        .containsExactly(
            "orders-end", "stock-adds-up", "money-adds-up", "stores-agree", "one-key-one-order");
    assertThat(audit.get("invariants").findValues("checked"))
        .allSatisfy(checked -> assertThat(checked.asLong()).isGreaterThanOrEqualTo(2));
    assertThat(audit.get("tookMillis").asLong()).isPositive();
    assertThat(RunningShop.get().verb("audit")).contains("one-key-one-order", "ok");
  }

  // ---- orders-end

  @Test
  void anOrderThatWasDecidedTooLate() {
    MongoCollection<Document> orders = stores.collection("orders", "orders");
    Document view = orders.find(eq(UUID.fromString(sold))).first();
    Date deadline = view.getEmbedded(List.of("order", "deadline"), Date.class);
    int decision = step(view, "DECIDE");
    String field = "order.history." + decision + ".at";
    Object before =
        view.getEmbedded(List.of("order"), Document.class)
            .getList("history", Document.class)
            .get(decision)
            .get("at");
    Date late = Date.from(deadline.toInstant().plusMillis(501));
    finds(
        "orders-end",
        sold,
        () -> orders.updateOne(eq(UUID.fromString(sold)), Updates.set(field, late)),
        () -> orders.updateOne(eq(UUID.fromString(sold)), Updates.set(field, before)));
  }

  private static int step(Document view, String name) {
    List<Document> history =
        view.getEmbedded(List.of("order"), Document.class).getList("history", Document.class);
    for (int i = 0; i < history.size(); i++) {
      if (history.get(i).getString("step").equals(name)) {
        return i;
      }
    }
    throw new AssertionError("no step " + name + " in " + history);
  }

  // ---- stock-adds-up

  @Test
  void aReservationThatNoOrderHas() {
    finds("stock-adds-up", listing, () -> reserved("+"), () -> reserved("-"));
  }

  private static void reserved(String sign) {
    stores.change(
        "item",
        "UPDATE listings SET reserved = reserved %s 1 WHERE listing_id = %s"
            .formatted(sign, listing));
  }

  @Test
  void aSaleThatItemHasForgotten() {
    String where = " WHERE step = 'COMMIT' AND order_id = '" + sold + "'";
    stores.change("item", "UPDATE order_steps SET step = 'LOST'" + where);
    JsonNode audit;
    try {
      audit = audit();
    } finally {
      stores.change("item", "UPDATE order_steps SET step = 'COMMIT' WHERE step = 'LOST'");
    }
    assertThat(violations(audit, "stock-adds-up")).containsExactlyInAnyOrder(sold, listing);
    allIsWell();
  }

  // ---- money-adds-up

  @Test
  void aPaymentThatIsSaidToBeTaken() {
    String before =
        stores.text("payment", "SELECT state FROM payments WHERE order_id = '" + declined + "'");
    finds(
        "money-adds-up",
        declined,
        () -> state(declined, "CAPTURED"),
        () -> state(declined, before));
  }

  private static void state(String order, String state) {
    stores.change(
        "payment", "UPDATE payments SET state = '" + state + "' WHERE order_id = '" + order + "'");
  }

  @Test
  void aLineOfTheLedgerThatWasChanged() {
    String entry =
        stores.text(
            "payment",
            "SELECT entry_id FROM journal_entries WHERE kind = 'CAPTURE' AND order_id = '"
                + sold
                + "'");
    stores.change("payment", line(entry, "+"));
    JsonNode audit;
    try {
      audit = audit();
    } finally {
      stores.change("payment", line(entry, "-"));
    }
    assertThat(violations(audit, "money-adds-up")).contains(sold, "ledger:KRW");
    allIsWell();
  }

  private static String line(String entry, String sign) {
    return "UPDATE journal_lines SET amount = amount %s 1 WHERE line = 1 AND entry_id = %s"
        .formatted(sign, entry);
  }

  @Test
  void aWalletThatHasMoreThanWasPaidIn() {
    String where = " WHERE currency = 'KRW' AND member_id = " + buyer.memberId();
    finds(
        "money-adds-up",
        "wallet:" + buyer.memberId() + ":KRW",
        () -> stores.change("payment", "UPDATE wallets SET balance = balance + 100" + where),
        () -> stores.change("payment", "UPDATE wallets SET balance = balance - 100" + where));
  }

  // ---- stores-agree

  @Test
  void anOrderThatMongoDbTellsOtherwise() {
    MongoCollection<Document> orders = stores.collection("orders", "orders");
    finds(
        "stores-agree",
        sold,
        () -> orders.updateOne(eq(UUID.fromString(sold)), Updates.set("order.status", "DELIVERED")),
        () ->
            orders.updateOne(eq(UUID.fromString(sold)), Updates.set("order.status", "CONFIRMED")));
  }

  @Test
  void stockThatSearchShowsOtherwise() {
    MongoCollection<Document> products = stores.collection("search", "products");
    long shown =
        products
            .find(eq(Long.parseLong(product)))
            .first()
            .getList("listings", Document.class)
            .getFirst()
            .getLong("available");
    String field = "listings.0.available";
    finds(
        "stores-agree",
        listing,
        () -> products.updateOne(eq(Long.parseLong(product)), Updates.set(field, shown + 1)),
        () -> products.updateOne(eq(Long.parseLong(product)), Updates.set(field, shown)));
  }

  @Test
  void stockThatASellerNeverAdjusted() {
    String spoil =
        "UPDATE listings SET adjusted = adjusted %1$s 3, on_hand = on_hand %1$s 3 WHERE listing_id"
            + " = "
            + listing;
    finds(
        "stores-agree",
        listing,
        () -> stores.change("item", spoil.formatted("+")),
        () -> stores.change("item", spoil.formatted("-")));
  }

  // ---- one-key-one-order

  @Test
  void anOrderWithAnotherRequest() {
    MongoCollection<Document> orders = stores.collection("orders", "orders");
    String field = "order.purchase.requestHash";
    Document view = orders.find(eq(UUID.fromString(sold))).first();
    String before = view.getEmbedded(List.of("order", "purchase", "requestHash"), String.class);
    finds(
        "one-key-one-order",
        sold,
        () -> orders.updateOne(eq(UUID.fromString(sold)), Updates.set(field, "00".repeat(32))),
        () -> orders.updateOne(eq(UUID.fromString(sold)), Updates.set(field, before)));
  }

  // ---- around it

  @Test
  void theVerbFailsAndNamesTheViolation() {
    reserved("+");
    String said;
    try {
      said = RunningShop.get().failingVerb("audit");
    } finally {
      reserved("-");
    }
    assertThat(said).contains("VIOLATED", listing + ": +1 reserved beside what orders hold");
  }

  @Test
  void whileOrdersGoOnNothingIsAccused() throws Exception {
    // Not the listing that the other tests spoil: what moves it would announce the spoilt stock.
    String busy = seller.lists(PRICE, 10_000);
    AtomicBoolean enough = new AtomicBoolean();
    int placed = 0;
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> traffic =
          Stream.generate(() -> clients.submit(() -> traffic(busy, enough))).limit(4).toList();
      try {
        for (int i = 0; i < 3; i++) {
          allIsWell();
        }
      } finally {
        enough.set(true);
      }
      for (Future<Integer> client : traffic) {
        placed += client.get();
      }
    }
    assertThat(placed).isGreaterThan(20);
  }

  /**
   * Some five orders a second, of which each third is cancelled: with more, two cores would do
   * nothing but those. Returns how many.
   */
  private static int traffic(String busy, AtomicBoolean enough) throws InterruptedException {
    int placed = 0;
    while (!enough.get()) {
      String order = buyer.orders(busy, 1);
      if (++placed % 3 == 0) {
        buyer.rest().post("/api/v1/orders/" + order + "/cancel");
      }
      Thread.sleep(150);
    }
    return placed;
  }

  @Test
  void aServiceThatIsDownIsNamed() {
    RunningShop.get().kill("payment");
    try {
      Answer answer = admin.get("/api/v1/admin/audit");
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.header("Retry-After")).isPresent();
      assertThat(answer.body().path("detail").asText()).contains("payment");
      assertThat(RunningShop.get().failingVerb("audit")).contains("payment");
    } finally {
      RunningShop.get().start("payment");
    }
    await().atMost(Duration.ofMinutes(1)).untilAsserted(AuditTest::allIsWell);
  }
}
