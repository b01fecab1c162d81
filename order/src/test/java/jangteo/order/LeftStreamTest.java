package jangteo.order;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import jangteo.testkit.Rest;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A client leaves an order's event stream, as most of them do some time. */
class LeftStreamTest {
  private static final long BUYER = 7;

  @Test
  void aClientThatLeavesTheStreamIsNoErrorOfOurs(@TempDir Path stateDirectory) throws IOException {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    try (Shop shop = new Shop(stateDirectory, Map.of("saga.deadline", "PT30S"))) {
      String order = place(shop);
      root.addAppender(log);

      leaveStreamOf(shop, order);
      shop.accept(order);
      await().atMost(Duration.ofSeconds(20)).until(() -> status(shop, order).equals("CONFIRMED"));
      shop.settle(order); // told to the stream that was left, twice: the second write must fail
      cancel(shop, order);

      await()
          .during(Duration.ofSeconds(2))
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () ->
                  assertThat(List.copyOf(log.list))
                      .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.ERROR))
                      .isEmpty());
    } finally {
      root.detachAppender(log);
    }
  }

  private static String place(Shop shop) {
    return Shop.ordersTeapot(shop.member(BUYER)).body().get("orderId").asText();
  }

  private static String status(Shop shop, String order) {
    return shop.member(BUYER).get("/api/v1/orders/" + order).body().path("status").asText();
  }

  private static void cancel(Shop shop, String order) {
    Rest.Answer answer = shop.member(BUYER).post("/api/v1/orders/" + order + "/cancel");
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(202);
  }

  /** Reads the first bytes of the stream, then resets the connection. */
  private static void leaveStreamOf(Shop shop, String order) throws IOException {
    URI uri = URI.create(shop.uri());
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      String request =
          "GET /api/v1/orders/%s/events HTTP/1.1\r\nHost: shop\r\nAuthorization: Bearer %s\r\n\r\n"
              .formatted(order, shop.tokens.token(BUYER, "BUYER"));
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      assertThat(new String(socket.getInputStream().readNBytes(12), US_ASCII))
          .isEqualTo("HTTP/1.1 200");
      socket.setSoLinger(true, 0);
    }
  }
}
