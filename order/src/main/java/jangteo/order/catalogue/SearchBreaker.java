package jangteo.order.catalogue;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.helidon.faulttolerance.CircuitBreaker;
import io.helidon.metrics.api.Gauge;
import io.helidon.metrics.api.Metrics;
import io.helidon.metrics.api.Tag;
import jangteo.chassis.Part;
import jangteo.chassis.Readiness;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The circuit breaker before search, with the figures of design, section 8. Open, the service is
 * degraded, not down: item answers instead. The metric {@code breaker.state} is 0 closed, 1 half
 * open, 2 open.
 */
public final class SearchBreaker implements Part {

  /** How a peer fails that is away; NOT_FOUND is an answer like any other. */
  private static final Set<Status.Code> FAILURES =
      Set.of(Status.Code.UNAVAILABLE, Status.Code.DEADLINE_EXCEEDED, Status.Code.INTERNAL);

  private final CircuitBreaker breaker =
      CircuitBreaker.builder()
          .name("search")
          .volume(10)
          .errorRatio(50)
          .delay(Duration.ofSeconds(10))
          .successThreshold(3)
          .applyOn(Set.of(SearchAway.class))
          .build();

  /** Search did not answer as a living peer does. */
  static final class SearchAway extends RuntimeException {
    SearchAway(StatusRuntimeException cause) {
      super(cause);
    }
  }

  @Override
  public String name() {
    return "breaker search";
  }

  @Override
  public void start() {
    Metrics.globalRegistry()
        .getOrCreate(
            Gauge.builder("breaker.state", this, SearchBreaker::state)
                .description("0 closed, 1 half open, 2 open")
                .tags(List.of(Tag.create("peer", "search"))));
  }

  @Override
  public Readiness readiness() {
    return breaker.state() == CircuitBreaker.State.CLOSED
        ? Readiness.yes()
        : Readiness.degraded("the circuit breaker before search is " + breaker.state());
  }

  /**
   * Makes the call unless the breaker is open.
   *
   * @throws SearchAway when search is away
   * @throws io.helidon.faulttolerance.CircuitBreakerOpenException when it was away too often
   * @throws StatusRuntimeException what else search answers
   */
  <T> T invoke(Supplier<T> call) {
    return breaker.invoke(
        () -> {
          try {
            return call.get();
          } catch (StatusRuntimeException e) {
            if (FAILURES.contains(e.getStatus().getCode())) {
              throw new SearchAway(e);
            }
            throw e;
          }
        });
  }

  private static double state(SearchBreaker it) {
    return switch (it.breaker.state()) {
      case CLOSED -> 0;
      case HALF_OPEN -> 1;
      case OPEN -> 2;
    };
  }
}
