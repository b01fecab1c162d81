package jangteo.bench;

import io.envoyproxy.envoy.service.auth.v3.AttributeContext;
import io.envoyproxy.envoy.service.auth.v3.AuthorizationGrpc;
import io.envoyproxy.envoy.service.auth.v3.AuthorizationGrpc.AuthorizationFutureStub;
import io.envoyproxy.envoy.service.auth.v3.CheckRequest;
import io.envoyproxy.envoy.service.auth.v3.CheckResponse;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What the gateway asks member about every request, at a steady rate that waits for no answer: how
 * long a check takes from the moment at which it was due.
 */
@Command(name = "checks", description = "The gateway's question to member about every token.")
final class GatewayChecks implements Callable<Integer> {

  @Mixin private Shop shop = new Shop();

  @Option(
      names = "--member",
      defaultValue = "127.0.0.1:7081",
      description = "Where member answers gRPC (${DEFAULT-VALUE}).")
  private String member = "";

  @Option(
      names = "--rates",
      split = ",",
      defaultValue = "500,1000,2000",
      description = "Checks a second, one rate after the other (${DEFAULT-VALUE}).")
  private List<Integer> rates = List.of();

  @Option(
      names = "--seconds",
      defaultValue = "20",
      description = "How long at each rate (${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--members",
      defaultValue = "50",
      description = "How many members' tokens (${DEFAULT-VALUE}).")
  private int members;

  @Override
  public Integer call() throws Exception {
    List<CheckRequest> requests = new ArrayList<>();
    for (Marketplace.Buyer buyer : new Marketplace(shop.gateway).buyers(members)) {
      requests.add(request(buyer.token()));
    }
    ManagedChannel channel = ManagedChannelBuilder.forTarget(member).usePlaintext().build();
    try {
      AuthorizationFutureStub stub = AuthorizationGrpc.newFutureStub(channel);
      run(stub, requests, rates.getLast(), Duration.ofSeconds(seconds)); // compiles both sides
      boolean allPassed = true;
      for (int rate : rates) {
        Costs before = Costs.now(shop.state);
        Done done = run(stub, requests, rate, Duration.ofSeconds(seconds));
        Costs after = Costs.now(shop.state);
        System.out.printf("%d checks/s: %s, %d refused%n", rate, done.took(), done.refused());
        System.out.print(after.perOrder(before, (long) rate * seconds));
        allPassed &= done.refused() == 0;
      }
      return allPassed ? 0 : 1;
    } finally {
      channel.shutdownNow();
    }
  }

  private record Done(Distribution took, int refused) {}

  private static Done run(
      AuthorizationFutureStub stub, List<CheckRequest> requests, int rate, Duration howLong)
      throws InterruptedException {
    int checks = (int) (rate * howLong.toSeconds());
    Queue<Duration> times = new ConcurrentLinkedQueue<>();
    AtomicInteger refused = new AtomicInteger();
    AtomicInteger open = new AtomicInteger(checks);
    long begun = System.nanoTime();
    for (int i = 0; i < checks; i++) {
      long due = begun + i * 1_000_000_000L / rate;
      LockSupport.parkNanos(due - System.nanoTime());
      var answer = stub.check(requests.get(i % requests.size()));
      answer.addListener(
          () -> {
            times.add(Duration.ofNanos(System.nanoTime() - due));
            if (!passed(answer)) {
              refused.incrementAndGet();
            }
            open.decrementAndGet();
          },
          Runnable::run);
    }
    while (open.get() > 0) {
      Thread.sleep(10);
    }
    return new Done(Distribution.of(times), refused.get());
  }

  private static boolean passed(Future<CheckResponse> answer) {
    return answer.state() == Future.State.SUCCESS && answer.resultNow().hasOkResponse();
  }

  private static CheckRequest request(String token) {
    return CheckRequest.newBuilder()
        .setAttributes(
            AttributeContext.newBuilder()
                .setRequest(
                    AttributeContext.Request.newBuilder()
                        .setHttp(
                            AttributeContext.HttpRequest.newBuilder()
                                .setMethod("GET")
                                .setPath("/api/v1/orders")
                                .putHeaders("authorization", "Bearer " + token))))
        .build();
  }
}
