package jangteo.item;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import jangteo.testkit.Rest;
import jangteo.testkit.WrongBodies;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whatever is sent, it is not the service's fault: every call of item. */
class BadInputTest {

  /** What no field of a line takes, or takes as it is; raw JSON. */
  private static final List<String> VALUES =
      List.of(
          "true",
          "-1",
          "1.5",
          "1e400",
          "9223372036854775808",
          "9".repeat(400),
          "[null]",
          "[[]]",
          "{}",
          "{\"a\": {}}",
          "\"\"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"🎧<b>'); DROP TABLE products;--\"",
          "\"" + "가".repeat(20_000) + "\"");

  private static final List<String> FIELDS =
      List.of(
          "productId",
          "sku",
          "name",
          "description",
          "category",
          "brand",
          "attributes",
          "images",
          "price",
          "currency",
          "quantity",
          "status");

  private static RunningItem item;

  @BeforeAll
  static void start() {
    item = RunningItem.start();
  }

  @AfterAll
  static void stop() {
    item.close();
  }

  private static void assertRefused(Rest.Answer answer) {
    assertThat(answer.status()).as(answer.body().toString()).isBetween(400, 499);
    assertThat(answer.header("Content-Type")).hasValue("application/problem+json");
  }

  @Test
  void linesOfAnImport() {
    StringBuilder file = new StringBuilder();
    for (String field : FIELDS) {
      for (String value : VALUES) {
        String name = field.equals("name") ? "" : "\"name\": \"책\", ";
        file.append("{%s\"%s\": %s}\n".formatted(name, field, value));
      }
    }
    file.append("null\n7\n[]\n\"x\"\n{\n}\n{\"name\": \"a\"} {\"name\": \"b\"}\n");
    file.append("{\"name\": \"a\", \"name\": \"b\"}\n").append("[".repeat(3_000)).append('\n');
    int lines = FIELDS.size() * VALUES.size() + 9;

    Bulk.Answer answer = new Bulk(item, 70).post(Bulk.NDJSON, file.toString());

    assertThat(answer.lines()).hasSize(lines + 1);
    assertThat(answer.last().get("complete").asBoolean()).isTrue();
    for (JsonNode line : answer.lines().subList(0, lines)) {
      if (line.get("status").asText().equals("failed")) {
        assertThat(line.get("errors")).as(line.toString()).isNotEmpty();
      }
    }
    assertThat(answer.counts().getLast()).isGreaterThan(120);
  }

  @Test
  void recordsOfCsv() {
    StringBuilder file = new StringBuilder(String.join(",", FIELDS) + "\n");
    for (String cell : VALUES) {
      String quoted = "\"" + cell.replace("\"", "\"\"") + "\"";
      for (int at = 0; at < FIELDS.size(); at++) {
        file.append(",".repeat(at)).append(quoted).append(",".repeat(FIELDS.size() - 1 - at));
        file.append('\n');
      }
    }
    file.append("\"a\"b,c\n,\n\u0000\n\"\"\"\n\"\n");

    Bulk.Answer answer = new Bulk(item, 71).post(Bulk.CSV, file.toString());

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.last().get("complete").asBoolean()).isTrue();
    assertThat(answer.lines().size()).isGreaterThan(FIELDS.size() * VALUES.size());
  }

  @Test
  void bodies() {
    Rest seller = item.seller();
    String path = "/api/v1/items/" + item.product("책");
    item.listing(path.substring(path.lastIndexOf('/') + 1), 100, 5);
    WrongBodies.areNeverTheServicesFault(
        Map.of("delta", 1, "reason", "입고"), body -> seller.post(path + "/listing/stock", body));
    String megabyte = "x".repeat(1_000_000);
    assertRefused(seller.post("/api/v1/items", Map.of("name", megabyte)));
    assertRefused(seller.post("/api/v1/items", Map.of("name", "책", megabyte, 1)));
    assertRefused(seller.patch(path, Map.of("attributes", Map.of(megabyte, "1"))));
    assertRefused(seller.put(path + "/listing", Map.of("status", megabyte)));
    assertRefused(seller.post(path + "/listing/stock", Map.of("delta", 1, "reason", megabyte)));
    assertRefused(seller.post("/api/v1/items", Map.of("name", megabyte + megabyte)));
  }

  @Test
  void pathsQueriesAndHeaders() {
    Rest seller = item.seller();
    String path = "/api/v1/items/" + item.product("책");
    item.listing(path.substring(path.lastIndexOf('/') + 1), 100, 5);
    List<Rest.Answer> answers = new ArrayList<>();
    for (String id :
        List.of("0", "-1", "1.5", "9223372036854775808", "%00", "%ED%A0%80", "'%20OR")) {
      answers.add(seller.delete("/api/v1/items/" + id));
      answers.add(seller.get("/api/v1/items/" + id + "/listing/stock"));
    }
    for (String query :
        List.of(
            "size=0",
            "size=x",
            "size=",
            "size=99999999999999999999",
            "cursor=",
            "cursor=%00",
            "cursor=OTk5OTk5OTk5OTk5OTk5OTk5OTk5LTA",
            "cursor=MS0xMDAwMDAwMDAwMDA")) {
      answers.add(seller.get(path + "/listing/stock?" + query));
    }
    answers.add(seller.delete(path, "If-Match", "x"));
    answers.add(seller.delete(path, "Idempotency-Key", " x y "));
    answers.add(
        seller.send(
            "POST",
            "/api/v1/items/import",
            BodyPublishers.ofString("{}"),
            "Content-Type",
            "application/x-ndjson; charset=",
            "Idempotency-Key",
            "x".repeat(300)));
    answers.add(seller.get("/api/v1/items/export", "Accept", "text/html;q=x, a/b"));
    assertThat(answers).allSatisfy(BadInputTest::assertRefused);
    assertThat(item.anybody().get("/api/v1/categories?x=%00&x=y").status()).isEqualTo(200);
  }
}
