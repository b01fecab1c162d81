package jangteo.bench.gatling;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.csv;
import static io.gatling.javaapi.core.CoreDsl.rampUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.OpenInjectionStep;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Simulation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Orders through the gateway at an open arrival rate: they come whether or not earlier ones were
 * answered.
 *
 * <p>System properties: {@code bench.gateway} (URI), {@code bench.rates} (orders a second, one rate
 * after the other), {@code bench.ramp} and {@code bench.warm-up} (seconds before the first counts),
 * {@code bench.seconds} (of each rate), {@code bench.orders} (a CSV file with the columns token and
 * body, which is gone through again and again), {@code bench.begun} (a file that is written as the
 * first order is placed).
 */
public final class OrderingSimulation extends Simulation {

  private static final List<Double> RATES =
      Stream.of(System.getProperty("bench.rates").split(",", -1)).map(Double::valueOf).toList();

  private final Iterator<Map<String, Object>> keys =
      Stream.generate(() -> Map.<String, Object>of("key", UUID.randomUUID().toString())).iterator();

  private final ScenarioBuilder ordering =
      scenario("order")
          .feed(csv(System.getProperty("bench.orders")).circular())
          .feed(keys)
          .exec(
              http("place an order")
                  .post("/api/v1/orders")
                  .header("Authorization", "Bearer #{token}")
                  .header("Idempotency-Key", "#{key}")
                  .body(StringBody("#{body}"))
                  .check(status().is(202)));

  {
    List<OpenInjectionStep> steps = new ArrayList<>();
    int ramp = Integer.getInteger("bench.ramp");
    if (ramp > 0) {
      steps.add(rampUsersPerSec(1).to(RATES.getFirst()).during(ramp));
    }
    int warmUp = Integer.getInteger("bench.warm-up");
    if (warmUp > 0) {
      steps.add(constantUsersPerSec(RATES.getFirst()).during(warmUp));
    }
    for (double rate : RATES) {
      steps.add(constantUsersPerSec(rate).during(Integer.getInteger("bench.seconds")));
    }
    setUp(ordering.injectOpen(steps.toArray(OpenInjectionStep[]::new)))
        .protocols(
            http.baseUrl(System.getProperty("bench.gateway"))
                .contentTypeHeader("application/json")
                .acceptHeader("application/json")
                .shareConnections());
  }

  @Override
  public void before() {
    try {
      Files.createFile(Path.of(System.getProperty("bench.begun")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
