package jangteo.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.mongodb.ConnectionString;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import jangteo.chassis.Service;
import jangteo.chassis.ServiceConfig;
import jangteo.search.v1.ProductRequest;
import jangteo.search.v1.ProductsInfoServiceGrpc;
import jangteo.search.v1.ProductsRequest;
import jangteo.testkit.Rest;
import jangteo.testkit.TestServers;
import jangteo.testkit.TestTokens;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A database that takes its time: nobody waits longer than the limit, and is told to come again.
 */
final class SlowDatabaseTest {

  private static final Duration LIMIT = Duration.ofMillis(300);

  private static TestTokens tokens;
  private static Service search;

  @BeforeAll
  static void open() {
    String uri = TestServers.mongo("slow");
    try (MongoClient client = MongoClients.create(uri)) {
      MongoDatabase database = client.getDatabase(new ConnectionString(uri).getDatabase());
      database
          .getCollection("source")
          .insertOne(
              new Document("_id", 1L)
                  .append("terms", List.of("x"))
                  .append("product", new Document("beginnings", List.of("x"))));
      Document slowly =
          new Document("body", "function(id) { sleep(10000); return true; }")
              .append("args", List.of("$_id"))
              .append("lang", "js");
      database.createView(
          "products",
          "source",
          List.of(
              new Document("$set", new Document("visible", new Document("$function", slowly)))));
    }
    tokens = new TestTokens();
    search =
        Service.start(
            "search",
            ServiceConfig.of(
                Map.of(
                    "server.port", "0",
                    "admin.port", "0",
                    "grpc.port", "0",
                    "mongo.uri", uri,
                    "mongo.time-limit", LIMIT.toString(),
                    "kafka.bootstrap-servers", TestServers.kafka(),
                    "kafka.prefix", TestServers.prefix(),
                    "security.issuer", tokens.issuer(),
                    "security.audience", tokens.audience(),
                    "security.jwks-url", tokens.jwksUrl())),
            Main::wire);
    await().atMost(Duration.ofSeconds(60)).until(search::ready);
  }

  @AfterAll
  static void close() {
    search.close();
    tokens.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/products",
        "/api/v1/products?q=x&sort=price",
        "/api/v1/products/suggest?q=x",
        "/api/v1/products/1",
        "/api/v1/products/1/related"
      })
  void aCallEndsWith503(String path) {
    long start = System.nanoTime();
    Rest.Answer answer = new Rest("http://127.0.0.1:" + search.port()).get(path);
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.header("Retry-After")).hasValue("2");
    assertThat(answer.header("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.body().at("/detail").asText())
        .isEqualTo("The database did not answer in time.");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LIMIT.plusSeconds(8));
  }

  @Test
  void anOrderIsToldSoToo() {
    ManagedChannel channel =
        ManagedChannelBuilder.forAddress("127.0.0.1", search.grpcPort()).usePlaintext().build();
    try {
      var info = ProductsInfoServiceGrpc.newBlockingStub(channel);
      var request =
          ProductsRequest.newBuilder()
              .addItems(ProductRequest.newBuilder().setProductId(1))
              .build();
      StatusRuntimeException thrown =
          catchThrowableOfType(StatusRuntimeException.class, () -> info.getProductsInfo(request));
      assertThat(thrown.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    } finally {
      channel.shutdownNow();
    }
  }
}
