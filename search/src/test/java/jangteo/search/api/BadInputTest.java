package jangteo.search.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import jangteo.audit.v1.AuditFactsServiceGrpc;
import jangteo.audit.v1.ListOffersRequest;
import jangteo.search.Shop;
import jangteo.search.v1.ProductRequest;
import jangteo.search.v1.ProductsInfoServiceGrpc;
import jangteo.search.v1.ProductsRequest;
import jangteo.testkit.Rest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever anybody sends to search: an answer or a refusal, and never a fault of ours. */
final class BadInputTest {

  /** Texts, each of which is taken on its own. */
  private static final List<String> TEXTS = List.of("q", "category", "brand", "cursor");

  /** Those that hardly any text is right for: refused together. */
  private static final List<String> OTHERS =
      List.of("sellerId", "minPrice", "maxPrice", "minRating", "inStock", "sort", "size");

  private static final List<String> VALUES =
      List.of(
          "",
          " ",
          "\u0000",
          "a\u0000b",
          "🎧👩‍👩‍👧‍👦",
          "<script>alert(1)</script>",
          "'; DROP TABLE products; --",
          "{\"$where\": \"sleep(1000)\"}",
          "$where",
          "$ne",
          "[object Object]",
          "9223372036854775807",
          "-9223372036854775808",
          "99999999999999999999999999",
          "-1",
          "1e309",
          "NaN",
          "Infinity",
          "0x10",
          "１２",
          "true",
          "null",
          "../../etc/passwd",
          "%",
          "%00%",
          ".*",
          "^(a+)+$",
          "|||",
          "\u202Eabc",
          "\u1100\u1161\u11A8",
          "ㅇㅇㅍ",
          "é".repeat(200),
          "가나다라".repeat(50),
          "word ".repeat(40),
          "x".repeat(3_000));

  private static final Set<Integer> REFUSALS = Set.of(400, 404, 405, 413, 414, 422, 431);

  private static Shop shop;
  private static Rest rest;

  @BeforeAll
  static void open() {
    shop = new Shop();
    rest = shop.rest();
    shop.product(1, "<b>Bold</b> & 'quoted' $price", "a/b", "Acme");
  }

  @AfterAll
  static void close() {
    shop.close();
  }

  @ParameterizedTest
  @FieldSource("VALUES")
  void aValueIsTakenOrRefused(String value) {
    String given = "=" + encoded(value);
    for (String parameter : TEXTS) {
      assertAnswered(rest.get("/api/v1/products?" + parameter + given));
    }
    assertAnswered(rest.get("/api/v1/products?" + String.join(given + "&", OTHERS) + given));
    assertAnswered(rest.get("/api/v1/products?" + encoded(value) + "=1"));
    assertAnswered(rest.get("/api/v1/products/suggest?q" + given));
    assertAnswered(rest.get("/api/v1/products/1/related?size" + given));
    assertAnswered(rest.get("/api/v1/products/" + encoded(value)));
    assertAnswered(rest.get("/api/v1/products/" + encoded(value) + "/related"));
  }

  /** As its document says: any number, however a client writes it in JSON. */
  @ParameterizedTest
  @ValueSource(strings = {"0", "5", "5.0", "4.3333333333333333", "4.5E0", "1e-07", "5e-324"})
  void aRatingIsANumberFromZeroToFive(String number) {
    assertThat(rest.get("/api/v1/products?minRating=" + number).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"5.1", "1e1", "-1", "NaN", "Infinity", "0x1p1", "1d", "4,5"})
  void andNothingElse(String text) {
    assertThat(rest.get("/api/v1/products?minRating=" + text).status()).isEqualTo(422);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH"})
  void thereIsNothingToChange(String method) {
    Rest.Answer answer = rest.send(method, "/api/v1/products", BodyPublishers.ofString("{}"));
    assertThat(answer.status()).isEqualTo(405);
  }

  /** What no client library would send: bytes that are no UTF-8, half a surrogate pair, 1 MB. */
  @Test
  void aRequestThatCannotBeReadIsRefused() throws IOException {
    for (String raw :
        List.of(
            "%ED%A0%80",
            "%C3%28", "%FF%FE", "%", "%zz", "\u00ff\u00fe", "a b", "{}", "\u0001", "%EA%B0")) {
      assertThat(raw(raw)).as(raw).isBetween(200, 499);
    }
    for (String large : List.of("a".repeat(1 << 20), "%EA%B0%80".repeat(120_000))) {
      assertThat(raw(large)).isIn(400, 413, 414, 431);
    }
  }

  @Test
  void anOrderMayAskForAnything() {
    var info = ProductsInfoServiceGrpc.newBlockingStub(shop.channel());
    VALUES.stream()
        .map(value -> ProductRequest.newBuilder().setProductName(value).setSellerId(-1))
        .forEach(item -> assertAnswered(() -> info.getProductsInfo(of(item))));
    assertAnswered(
        () ->
            info.getProductsInfo(
                of(ProductRequest.newBuilder().setProductName("가".repeat(1 << 20)))));
    for (long id : List.of(Long.MIN_VALUE, -1L, 0L, Long.MAX_VALUE)) {
      assertAnswered(() -> info.getProductsInfo(of(ProductRequest.newBuilder().setProductId(id))));
    }
    assertAnswered(() -> info.getProductsInfo(ProductsRequest.getDefaultInstance()));
  }

  @Test
  void theAuditMayAskForAnything() {
    var facts = AuditFactsServiceGrpc.newBlockingStub(shop.channel());
    for (int size : List.of(Integer.MIN_VALUE, -1, 0, Integer.MAX_VALUE)) {
      for (long after : List.of(Long.MIN_VALUE, -1L, Long.MAX_VALUE)) {
        var request =
            ListOffersRequest.newBuilder().setPageSize(size).setAfterProductId(after).build();
        assertAnswered(() -> facts.listOffers(request).forEachRemaining(page -> {}));
      }
    }
    var negative = ListOffersRequest.newBuilder().addProductIds(-1).addProductIds(0).build();
    assertAnswered(() -> facts.listOffers(negative).forEachRemaining(page -> {}));
  }

  private static void assertAnswered(Rest.Answer answer) {
    if (answer.status() != 200) {
      assertThat(answer.status()).as("%s", answer.body()).isIn(REFUSALS);
      assertThat(answer.header("Content-Type")).hasValue("application/problem+json");
    }
  }

  private static void assertAnswered(Runnable call) {
    try {
      call.run();
    } catch (StatusRuntimeException refused) {
      assertThat(refused.getStatus().getCode())
          .as("%s", refused.getStatus())
          .isIn(Status.Code.NOT_FOUND, Status.Code.INVALID_ARGUMENT);
    }
  }

  private static ProductsRequest of(ProductRequest.Builder item) {
    return ProductsRequest.newBuilder().addItems(item).build();
  }

  private static int raw(String value) throws IOException {
    URI uri = shop.uri();
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      socket.setSoTimeout(10_000);
      String request =
          "GET /api/v1/products?q="
              + value
              + " HTTP/1.1\r\nHost: search\r\nConnection: close\r\n\r\n";
      try {
        socket.getOutputStream().write(request.getBytes(ISO_8859_1));
        socket.getOutputStream().flush();
      } catch (SocketException refusedBeforeTheEnd) {
        // The answer may be there all the same.
      }
      String status =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1)).readLine();
      return Integer.parseInt(status.split(" ", -1)[1]);
    }
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
