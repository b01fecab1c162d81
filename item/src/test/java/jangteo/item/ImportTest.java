package jangteo.item;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import jangteo.item.v1.ListingChanged;
import jangteo.item.v1.ProductChanged;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Many products at once, in and out (docs/adr/0022). */
class ImportTest {

  private static final String ONE =
      """
      {"sku": "%s", "name": "%s", "category": "과일", "price": %d, "currency": "KRW", "quantity": %d}
      """;

  private static RunningItem item;
  private static Topics topics;
  private static long lastSeller = 1_000;

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

  /** One who has nothing yet. */
  private static Bulk newSeller() {
    return new Bulk(item, ++lastSeller);
  }

  private static String line(String sku, String name, long price, long quantity) {
    return ONE.formatted(sku, name, price, quantity);
  }

  private static String lines(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(n -> line("S-" + n, "사과 " + n, 1_000 + n, n))
        .collect(Collectors.joining());
  }

  @Nested
  class Lines {

    @Test
    void eachHasItsResultAndABadOneStopsNobody() {
      Bulk seller = newSeller();
      String tooLong = "{\"name\": \"" + "x".repeat(70_000) + "\"}\n";
      Bulk.Answer answer =
          seller.post(
              Bulk.NDJSON,
              line("A", "사과 🍎", 1_000, 5)
                  + "{\"name\": \n"
                  + "\n"
                  + "{\"sku\": \"B\", \"name\": \" \", \"price\": -1, \"currency\": \"KRW\", \"colour\": 1}\n"
                  + "{\"sku\": \"B\", \"name\": \" \", \"price\": -1, \"currency\": \"WON\", \"images\": [\"x\"]}\n"
                  + tooLong
                  + "{\"name\": \"\\ud800\"}\n"
                  + "{\"productId\": \"123\", \"price\": 5, \"currency\": \"KRW\", \"quantity\": 1}\n"
                  + "{\"sku\": \"unknown\", \"price\": 5, \"currency\": \"KRW\", \"quantity\": 1}\n"
                  + line("A", "사과 🍎", 1_100, 5)
                  + "{\"name\": \"배\"}");

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.statuses())
          .containsExactly(
              "1 created",
              "2 failed",
              "4 failed",
              "5 failed",
              "6 failed",
              "7 failed",
              "8 failed",
              "9 failed",
              "10 updated",
              "11 created");
      assertThat(answer.wrongFields(1)).containsExactly("line");
      assertThat(answer.wrongFields(2)).containsExactly("colour");
      assertThat(answer.wrongFields(3))
          .containsExactlyInAnyOrder("name", "price", "currency", "quantity", "images[0]");
      assertThat(answer.wrongFields(4)).containsExactly("line");
      assertThat(answer.wrongFields(5)).containsExactly("name");
      assertThat(answer.wrongFields(6)).containsExactly("productId");
      assertThat(answer.wrongFields(7)).containsExactly("name");
      assertThat(answer.counts()).containsExactly(2L, 1L, 0L, 7L);
      assertThat(answer.last().get("complete").asBoolean()).isTrue();

      String id = answer.lines().getFirst().get("productId").asText();
      assertThat(answer.lines().get(8).get("productId").asText()).isEqualTo(id);
      assertThat(
              topics.await(
                  "products",
                  ProductChanged.parser(),
                  changed -> changed.getProductId() == Long.parseLong(id),
                  1))
          .last()
          .extracting(ProductChanged::getName)
          .isEqualTo("사과 🍎");
      assertThat(
              topics.await(
                  "listings",
                  ListingChanged.parser(),
                  changed -> changed.getProductId() == Long.parseLong(id),
                  1))
          .last()
          .extracting(changed -> changed.getPrice().getAmount())
          .isEqualTo(1_100L);
    }

    @Test
    void whatIsThereIsUnchangedAndWhatDiffersIsUpdated() {
      Bulk seller = newSeller();
      String file = lines(0, 600);
      assertThat(seller.post(Bulk.NDJSON, file).counts()).containsExactly(600L, 0L, 0L, 0L);

      assertThat(seller.post(Bulk.NDJSON, file).counts()).containsExactly(0L, 0L, 600L, 0L);
      Bulk.Answer changed =
          seller.post(
              Bulk.NDJSON,
              line("S-1", "사과 1", 1_001, 9)
                  + line("S-2", "청사과", 1_002, 2)
                  + line("S-3", "사과 3", 1_003, 3)
                  + "{\"sku\": \"S-4\", \"price\": 7, \"currency\": \"KRW\", \"quantity\": 4, \"status\": \"PAUSED\"}\n");
      assertThat(changed.statuses())
          .containsExactly("1 updated", "2 updated", "3 unchanged", "4 updated");
      assertThat(newSeller().post(Bulk.NDJSON, lines(0, 3)).counts())
          .as("another's keys are another's")
          .containsExactly(3L, 0L, 0L, 0L);
    }

    @Test
    void theSameFileTwiceAtOnceMakesEachProductOnce() throws Exception {
      Bulk seller = newSeller();
      String file = lines(0, 700);
      List<Callable<Bulk.Answer>> calls =
          List.of(() -> seller.post(Bulk.NDJSON, file), () -> seller.post(Bulk.NDJSON, file));
      long created = 0;
      Set<String> ids = new HashSet<>();
      try (var threads = Executors.newFixedThreadPool(2)) {
        for (Future<Bulk.Answer> call : threads.invokeAll(calls)) {
          Bulk.Answer answer = call.get();
          assertThat(answer.last().get("complete").asBoolean()).isTrue();
          created += answer.counts().getFirst();
          answer.lines().forEach(line -> ids.add(line.path("productId").asText()));
        }
      }
      assertThat(created).isEqualTo(700);
      ids.remove("");
      assertThat(ids).hasSize(700);
    }

    @Test
    void aKeyCanBeGivenAndPassedOn() {
      Bulk seller = newSeller();
      Bulk.Answer two = seller.post(Bulk.NDJSON, "{\"name\": \"가\"}\n" + line("나", "나", 1, 1));
      String first = two.lines().get(0).get("productId").asText();
      String second = two.lines().get(1).get("productId").asText();

      assertThat(
              seller
                  .post(Bulk.NDJSON, "{\"productId\": \"" + first + "\", \"sku\": \"나\"}\n")
                  .wrongFields(0))
          .containsExactly("sku");
      assertThat(
              seller
                  .post(
                      Bulk.NDJSON,
                      "{\"productId\": \"%s\", \"sku\": \"다\"}\n{\"productId\": \"%s\", \"sku\": \"나\"}\n"
                          .formatted(second, first))
                  .statuses())
          .containsExactly("1 updated", "2 updated");
      item.as(lastSeller, "SELLER").delete("/api/v1/items/" + second);
      assertThat(seller.post(Bulk.NDJSON, line("다", "새것", 1, 1)).statuses())
          .containsExactly("1 created");
    }

    @Test
    void theStockIsNotCountedBelowWhatIsReserved() {
      Bulk seller = newSeller();
      String id =
          seller
              .post(Bulk.NDJSON, line("A", "사과", AnOrder.PRICE, 5))
              .lines()
              .getFirst()
              .get("productId")
              .asText();
      long listing = item.listing(lastSeller, id, AnOrder.PRICE, 5, "ON_SALE");
      var order = AnOrder.of(listing, 3);
      topics.tell(order.placed());
      topics.replies(order.id(), 1);

      Bulk.Answer answer = seller.post(Bulk.NDJSON, line("A", "배", AnOrder.PRICE, 2));

      assertThat(answer.wrongFields(0)).containsExactly("quantity");
      assertThat(seller.export(Bulk.NDJSON)).as("nothing of the line was done").contains("사과");
    }

    @Test
    void refusals() {
      assertThat(newSeller().post("application/json", "{}").status()).isEqualTo(415);
      assertThat(newSeller().post(Bulk.NDJSON, "").status()).isEqualTo(400);
      assertThat(newSeller().post(Bulk.NDJSON, "\n\n").counts()).containsExactly(0L, 0L, 0L, 0L);
      assertThat(
              newSeller()
                  .post(Bulk.CSV, "name,colour,name\n")
                  .last()
                  .get("errors")
                  .findValuesAsText("field"))
          .containsExactly("colour", "name");
      assertThat(item.anybody().get("/api/v1/items/export").status()).isEqualTo(401);
      assertThat(item.as(5, "BUYER").get("/api/v1/items/export").status()).isEqualTo(403);
      assertThat(item.seller().get("/api/v1/items/export", "Accept", "image/png").status())
          .isEqualTo(406);
      assertThat(item.seller().post("/api/v1/items", "x".repeat(1_100_000)).status())
          .as("only an import may be long")
          .isEqualTo(413);
    }
  }

  @Nested
  class Clients {

    @Test
    void mayReadEachResultBeforeTheNextLine() throws IOException {
      try (var client = newSeller().new ByHand()) {
        for (int n = 0; n < 3; n++) {
          client.send(line("S-" + n, "사과", 1, 1));
          client.readTo("{\"line\":" + (n + 1) + ",\"status\":\"created\"");
        }
        client.end();
        assertThat(client.readTo("\"complete\":true")).contains("\"created\":3");
      }
    }

    /** More answer than all buffers between the two hold: HTTP/1.1 alone would stand still. */
    @Test
    void maySendEverythingBeforeTheyRead() throws IOException {
      String wrong =
          "{\"price\": -1, \"currency\": \"x\", \"quantity\": -1, \"status\": \"x\", \"images\": [\"x\", \"y\"]}\n";
      String piece = wrong.repeat(200);
      try (var client = newSeller().new ByHand()) {
        for (int n = 0; n < 250; n++) {
          client.send(piece);
        }
        client.send(line("last", "마지막", 1, 1));
        client.end();

        String answer = client.readTo("\"complete\":true");
        assertThat(answer.length()).isGreaterThan(20_000_000);
        assertThat(answer).contains("{\"line\":50001,\"status\":\"created\"");
        assertThat(answer).contains("\"failed\":50000");
      }
    }
  }

  @Nested
  class SentAgain {

    @Test
    void itGoesOnWhereItWasCut() throws IOException {
      Bulk seller = newSeller();
      String key = UUID.randomUUID().toString();
      String withoutKey = "{\"name\": \"이름뿐\"}\n";
      String begun = line("A", "사과", AnOrder.PRICE, 10) + withoutKey + "{\"name\": 1}\n";
      try (var client = seller.new ByHand("Idempotency-Key", key)) {
        client.send(begun);
        client.readTo("{\"line\":3,");
        client.send("{\"name\": \"half a li");
      }
      String id =
          Bulk.json(seller.export(Bulk.NDJSON).lines().findFirst().orElseThrow())
              .get("productId")
              .asText();
      long listing = item.listing(lastSeller, id, AnOrder.PRICE, 10, "ON_SALE");
      var order = AnOrder.of(listing, 2);
      topics.tell(order.placed(), order.confirmed());
      topics.replies(order.id(), 2);

      String file = begun + "{\"name\": \"half a line\"}\n" + line("B", "배", 5, 5);
      Bulk.Answer again = seller.post(Bulk.NDJSON, file, "Idempotency-Key", key);

      assertThat(again.statuses())
          .containsExactly("1 unchanged", "2 unchanged", "3 failed", "4 created", "5 created");
      assertThat(item.stock(listing).onHand()).as("what was sold stays sold").isEqualTo(8);
      assertThat(seller.export(Bulk.NDJSON).lines()).hasSize(4);
      assertThat(seller.post(Bulk.NDJSON, file, "Idempotency-Key", key).counts())
          .containsExactly(0L, 0L, 4L, 1L);
      assertThat(item.stock(listing).onHand()).isEqualTo(8);
    }

    @Test
    void byTwoAtOnceOneGoesOnAndTheOtherIsToldSo() throws IOException {
      Bulk seller = newSeller();
      String key = UUID.randomUUID().toString();
      try (var slow = seller.new ByHand("Idempotency-Key", key)) {
        slow.send(lines(0, 2));
        slow.readTo("{\"line\":2,");

        Bulk.Answer quick = seller.post(Bulk.NDJSON, lines(0, 5), "Idempotency-Key", key);
        slow.send(lines(2, 5));
        slow.end();

        assertThat(quick.counts()).containsExactly(3L, 0L, 2L, 0L);
        assertThat(slow.readTo("\"status\":409"))
            .contains("\"created\":2")
            .contains("\"complete\":false");
      }
      assertThat(seller.export(Bulk.NDJSON).lines()).hasSize(5);
    }

    @Test
    void moreThanTwoAtOnceAreAskedToComeBack() throws IOException {
      try (var one = newSeller().new ByHand();
          var two = newSeller().new ByHand()) {
        for (Bulk.ByHand each : List.of(one, two)) {
          each.send(lines(0, 1));
          each.readTo("{\"line\":1,");
        }
        Bulk third = newSeller();

        Bulk.Answer refused = third.post(Bulk.NDJSON, lines(0, 1));
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.retryAfter()).contains("10");
        one.end();
        one.readTo("\"complete\":true");

        await()
            .atMost(Duration.ofSeconds(10))
            .until(() -> third.post(Bulk.NDJSON, lines(0, 1)).status() == 200);
      }
    }

    @Test
    void anotherFileUnderTheSameKeyIsRefusedAndChangesNothing() {
      Bulk seller = newSeller();
      String key = UUID.randomUUID().toString();
      seller.post(Bulk.NDJSON, lines(0, 3), "Idempotency-Key", key);
      String before = seller.export(Bulk.NDJSON);

      Bulk.Answer other = seller.post(Bulk.NDJSON, lines(1, 9), "Idempotency-Key", key);

      assertThat(other.status() == 422 || !other.last().get("complete").asBoolean()).isTrue();
      assertThat(other.last().toString()).contains("idempotency-key-reused");
      assertThat(seller.export(Bulk.NDJSON)).isEqualTo(before);
    }
  }

  @Nested
  class Exported {

    private static final List<String> NAMES =
        List.of(
            "평범한 이름",
            "=HYPERLINK(\"http://evil.example\")",
            "'=이미 따옴표",
            "''",
            "+82 2 123",
            "-1",
            "@SUM(A1)",
            "쉼표, \"따옴표\"; 세미콜론",
            "두\\n줄",
            "<script>alert(1)</script>'); DROP TABLE products;--",
            "🎧 \\u200b");

    private static String catalogue() {
      StringBuilder file = new StringBuilder();
      for (int n = 0; n < NAMES.size(); n++) {
        file.append(
            """
            {"sku": "=%d", "name": "%s", "description": "첫 줄\\r\\n둘째 \\"줄\\"", "category": "-a", "brand": "'", \
            "attributes": {"=k": "v,\\"w\\"", "크기": "L"}, "images": ["https://i.example/%d.jpg"], \
            "price": %d, "currency": "USD", "quantity": 0, "status": "ENDED"}
            """
                .formatted(n, NAMES.get(n).replace("\"", "\\\""), n, n + 1));
      }
      return file + "{\"name\": \"목록에 없음\"}\n";
    }

    @Test
    void itIsTakenBackAndNothingChanges() {
      String others = item.product("남의 물건");
      Bulk seller = newSeller();
      assertThat(seller.post(Bulk.NDJSON, catalogue()).counts().getFirst()).isEqualTo(12);
      item.listing(lastSeller, others, 77, 3, "PAUSED");

      for (String type : List.of(Bulk.NDJSON, Bulk.CSV)) {
        String exported = seller.export(type);
        assertThat(seller.post(type, exported).counts())
            .as(exported)
            .containsExactly(0L, 0L, 13L, 0L);
        assertThat(seller.export(type)).isEqualTo(exported);
      }
      JsonNode foreign = Bulk.json(seller.export(Bulk.NDJSON).lines().toList().getLast());
      assertThat(foreign.get("productId").asText()).isEqualTo(others);
      assertThat(foreign.has("name")).isFalse();
    }

    @Test
    void noCellIsAFormula() {
      Bulk seller = newSeller();
      seller.post(Bulk.NDJSON, catalogue());

      String csv = seller.export(Bulk.CSV);

      assertThat(csv).startsWith("productId,sku,name,").contains("'=HYPERLINK", "''=이미", "'-1");
      assertThat(csv).doesNotContainPattern("(?m)(^|,)\"?[=+@-]");
    }

    @Test
    void manyPages() {
      Bulk seller = newSeller();
      seller.post(Bulk.NDJSON, lines(0, 1_000));
      seller.post(Bulk.NDJSON, lines(1_000, 1_203));

      List<String> exported = seller.export(Bulk.NDJSON).lines().toList();

      assertThat(exported).hasSize(1_203).doesNotHaveDuplicates();
      assertThat(seller.export(Bulk.CSV).lines()).hasSize(1_204);
    }
  }

  @Nested
  class Csv {

    @Test
    void asSpreadsheetsWriteIt() {
      String csv =
          "\ufeffname,sku,quantity,price,currency,attributes,description\r\n"
              + "\"사과, 큰 것\",A,5,1000,KRW,\"{\"\"크기\"\":\"\"L\"\"}\",\"첫 줄\r\n둘째 줄\"\r\n"
              + "'=배,B,,,,,\r\n"
              + "감,C,다섯,1000,KRW,,\r\n"
              + "귤,D,5,1000,KRW,[],\r\n"
              + "너무,적다\r\n"
              + "밤,E,5,1.5,KRW,,\r\n"
              + ",,,,,,\r\n"
              + "\"닫히지 않은,F,5,1000,KRW,,\r\n"
              + ("채움".repeat(20) + "\r\n").repeat(600)
              + "복숭아,G,1,1,KRW,,\r\n";
      Bulk seller = newSeller();

      Bulk.Answer answer = seller.post(Bulk.CSV, csv);

      assertThat(answer.statuses().subList(0, 8))
          .containsExactly(
              "2 created",
              "4 created",
              "5 failed",
              "6 failed",
              "7 failed",
              "8 failed",
              "9 failed",
              "10 failed");
      assertThat(answer.wrongFields(2)).containsExactly("quantity");
      assertThat(answer.wrongFields(3)).containsExactly("attributes");
      assertThat(answer.wrongFields(4)).containsExactly("line");
      assertThat(answer.wrongFields(5)).containsExactly("price");
      assertThat(answer.statuses()).last().asString().endsWith("created");
      JsonNode first = Bulk.json(seller.export(Bulk.NDJSON).lines().findFirst().orElseThrow());
      assertThat(first.get("description").asText()).isEqualTo("첫 줄\r\n둘째 줄");
      assertThat(first.get("attributes").get("크기").asText()).isEqualTo("L");
      assertThat(seller.export(Bulk.NDJSON)).contains("\"=배\"");
    }

    @Test
    void whatIsNotUtf8IsOneBadLine() {
      List<byte[]> pieces = new ArrayList<>();
      pieces.add("name\n가\n".getBytes(UTF_8));
      pieces.add(new byte[] {(byte) 0xb0, (byte) 0xa1, '\n'});
      pieces.add("나\n".getBytes(UTF_8));
      byte[] csv = new byte[pieces.stream().mapToInt(piece -> piece.length).sum()];
      int at = 0;
      for (byte[] piece : pieces) {
        System.arraycopy(piece, 0, csv, at, piece.length);
        at += piece.length;
      }

      assertThat(newSeller().post(Bulk.CSV, csv).statuses())
          .containsExactly("2 created", "3 failed", "4 created");
    }
  }
}
