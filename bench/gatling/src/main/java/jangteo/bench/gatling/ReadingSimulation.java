package jangteo.bench.gatling;

import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.csv;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Simulation;

/**
 * Pages read at an open arrival rate: they are asked for whether or not earlier ones were answered.
 *
 * <p>System properties: {@code bench.at} (URI), {@code bench.name} (what they are called), {@code
 * bench.rate} (a second), {@code bench.seconds} (how long), {@code bench.paths} (a CSV file with the
 * column path, which is gone through again and again).
 */
public final class ReadingSimulation extends Simulation {

  private final ScenarioBuilder reading =
      scenario(System.getProperty("bench.name"))
          .feed(csv(System.getProperty("bench.paths")).circular())
          .exec(
              http(System.getProperty("bench.name")).get("#{path}").check(status().is(200)));

  {
    setUp(
            reading.injectOpen(
                constantUsersPerSec(Double.parseDouble(System.getProperty("bench.rate")))
                    .during(Integer.getInteger("bench.seconds"))))
        .protocols(
            http.baseUrl(System.getProperty("bench.at"))
                .acceptHeader("application/json")
                .shareConnections());
  }
}
