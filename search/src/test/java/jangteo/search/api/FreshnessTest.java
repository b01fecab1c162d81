package jangteo.search.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jangteo.search.Shop;
import jangteo.testkit.Rest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How fresh an answer is, and waiting for what one has written oneself. */
final class FreshnessTest {

  private static final String WANTED = "If-Version-At-Least";

  private static Shop shop;
  private static Rest rest;

  @BeforeAll
  static void open() {
    shop = new Shop();
    rest = shop.rest();
  }

  @AfterAll
  static void close() {
    shop.close();
  }

  @Test
  void answersSayUpToWhenTheyIncludeEverything() {
    Instant written = Instant.now();
    shop.product(1, "어제의 상품", "fresh", "b");

    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> asOf("/api/v1/products").filter(written::isBefore).isPresent());
    assertThat(rest.get("/api/v1/products/1").status()).isEqualTo(200);

    Instant later = Instant.now();
    assertThat(asOf("/api/v1/products/1").orElseThrow()).isBefore(later);
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              assertThat(asOf("/api/v1/products/1").orElseThrow()).isAfter(later);
              assertThat(asOf("/api/v1/products/suggest?q=a").orElseThrow()).isAfter(later);
              assertThat(asOf("/api/v1/products/404").orElseThrow()).isAfter(later);
            });
  }

  @Test
  void aReaderWaitsForTheVersionItHasWritten() {
    for (int round = 0; round < 20; round++) {
      long version = shop.product(2, "이름 " + round, "fresh", "b");

      Rest.Answer read = rest.get("/api/v1/products/2", WANTED, "\"" + version + "\"");

      assertThat(read.status()).as(read.body().toString()).isEqualTo(200);
      assertThat(read.body().at("/name").asText()).isEqualTo("이름 " + round);
    }
  }

  @Test
  void aReaderWaitsForAListingAsWell() {
    shop.product(3, "상품", "fresh", "b");
    shop.listing(3, 31, 1_000, 1, "ON_SALE");

    Rest.Answer read =
        rest.get("/api/v1/products/3", WANTED, "\"1\", \"7\";listing=\"331\", \"7\"; listing=331");

    assertThat(read.status()).as(read.body().toString()).isEqualTo(200);
    assertThat(read.body().at("/listings/0/price/amount").asLong()).isEqualTo(1_000);
  }

  @Test
  void whatDoesNotComeIsNotWaitedForLongerThanAMoment() {
    long version = shop.product(4, "상품", "fresh", "b");
    rest.get("/api/v1/products/4", WANTED, "\"" + version + "\"");
    long start = System.nanoTime();

    Rest.Answer future = rest.get("/api/v1/products/4", WANTED, "\"" + (version + 1_000) + "\"");
    Rest.Answer other = rest.get("/api/v1/products/4", WANTED, "\"1\";listing=\"9999\"");

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
    assertThat(future.status()).isEqualTo(503);
    assertThat(future.header("Retry-After")).contains("1");
    assertThat(future.body().at("/type").asText())
        .isEqualTo("urn:jangteo:problem:version-not-yet-visible");
    assertThat(other.status()).isEqualTo(503);
  }

  @Test
  void whatWasErasedSinceIsNotWaitedFor() {
    long version = shop.product(5, "상품", "fresh", "b");
    shop.listing(5, 51, 1_000, 1, "ON_SALE");
    rest.get("/api/v1/products/5", WANTED, "\"" + version + "\", \"7\";listing=\"551\"");
    shop.erase("products", 5);

    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> rest.get("/api/v1/products/5").status() == 404);

    Rest.Answer read = rest.get("/api/v1/products/5", WANTED, "\"99999999\"");
    assertThat(read.status()).isEqualTo(404);
  }

  @Test
  void anUnreadableHeaderIsNamed() {
    for (String wrong :
        new String[] {
          "3",
          "\"x\"",
          "\"-1\"",
          "\"1\";listing=x",
          "\"99999999999999999999\"",
          ",",
          "\"9999999999999999999\""
        }) {
      Rest.Answer answer = rest.get("/api/v1/products/1", WANTED, wrong);
      assertThat(answer.status()).as(wrong).isEqualTo(400);
      assertThat(answer.body().at("/errors/0/field").asText()).isEqualTo(WANTED);
    }
  }

  private static Optional<Instant> asOf(String path) {
    return rest.get(path).header("As-Of").map(Instant::parse);
  }
}
