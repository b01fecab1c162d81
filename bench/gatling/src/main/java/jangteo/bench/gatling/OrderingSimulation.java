package jangteo.bench.gatling;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.csv;
import static io.gatling.javaapi.core.CoreDsl.rampUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Simulation;
import java.util.Iterator;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Orders through the gateway at an open arrival rate: they come whether or not earlier ones were
 * answered.
 *
 * <p>System properties: {@code bench.gateway} (URI), {@code bench.rate} (orders a second), {@code
 * bench.ramp} and {@code bench.seconds}, {@code bench.orders} (a CSV file with the columns token
 * and body, which is gone through again and again).
 */
public final class OrderingSimulation extends Simulation {

  private static final double RATE = Double.parseDouble(System.getProperty("bench.rate"));

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
    setUp(
            ordering.injectOpen(
                rampUsersPerSec(1).to(RATE).during(Integer.getInteger("bench.ramp")),
                constantUsersPerSec(RATE).during(Integer.getInteger("bench.seconds"))))
        .protocols(
            http.baseUrl(System.getProperty("bench.gateway"))
                .contentTypeHeader("application/json")
                .acceptHeader("application/json")
                .shareConnections());
  }
}
