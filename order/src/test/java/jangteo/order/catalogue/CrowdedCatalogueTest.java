package jangteo.order.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.stub.StreamObserver;
import jangteo.chassis.web.ProblemException;
import jangteo.order.domain.Basket;
import jangteo.order.domain.PaymentChoice;
import jangteo.order.domain.PaymentMethod;
import jangteo.order.domain.Quote;
import jangteo.search.v1.ProductReply;
import jangteo.search.v1.ProductsInfoServiceGrpc.ProductsInfoServiceImplBase;
import jangteo.search.v1.ProductsReply;
import jangteo.search.v1.ProductsRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** More orders at once than search and item together are asked for. */
class CrowdedCatalogueTest {

  private static final int ROOM_AT_BOTH = 2 * (64 + 256);

  private static final Basket ONE_TEAPOT =
      new Basket(
          List.of(new Basket.Entry(1, "", 0, 1)), new PaymentChoice(PaymentMethod.WALLET, ""), 0);

  /** Answers when it is let go. */
  private static final class Slow extends ProductsInfoServiceImplBase {
    private final CountDownLatch go = new CountDownLatch(1);

    @Override
    public void getProductsInfo(ProductsRequest request, StreamObserver<ProductsReply> observer) {
      try {
        go.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      observer.onNext(
          ProductsReply.newBuilder()
              .addItems(ProductReply.newBuilder().setProductId(1).setCurrency("KRW"))
              .build());
      observer.onCompleted();
    }
  }

  @Test
  void oneTooManyIsToldToComeBackAndTheOthersAreServed() throws Exception {
    Slow slow = new Slow();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Server server =
          Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
              .executor(threads)
              .addService(slow)
              .build()
              .start();
      ManagedChannel channel =
          Grpc.newChannelBuilder(
                  "127.0.0.1:" + server.getPort(), InsecureChannelCredentials.create())
              .build();
      try {
        Catalogue catalogue = new Catalogue(channel, channel, new SearchBreaker());
        List<CompletableFuture<List<Quote>>> asked = new ArrayList<>();
        for (int i = 0; i <= ROOM_AT_BOTH; i++) {
          asked.add(CompletableFuture.supplyAsync(() -> catalogue.quotes(ONE_TEAPOT), threads));
        }
        CompletableFuture<Object> first =
            CompletableFuture.anyOf(asked.toArray(CompletableFuture[]::new));
        assertThatThrownBy(() -> first.orTimeout(30, TimeUnit.SECONDS).join())
            .isInstanceOf(CompletionException.class)
            .cause()
            .isInstanceOfSatisfying(
                ProblemException.class,
                refused -> {
                  assertThat(refused.problem().status()).isEqualTo(503);
                  assertThat(refused.problem().headers()).containsKey("Retry-After");
                });

        slow.go.countDown();
        assertThat(asked)
            .filteredOn(one -> !one.isCompletedExceptionally())
            .hasSize(ROOM_AT_BOTH)
            .allSatisfy(one -> assertThat(one.get(2, TimeUnit.MINUTES)).hasSize(1));
      } finally {
        slow.go.countDown();
        channel.shutdownNow();
        server.shutdownNow();
      }
    }
  }
}
