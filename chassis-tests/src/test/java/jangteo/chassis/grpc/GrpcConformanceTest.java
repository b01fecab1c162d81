package jangteo.chassis.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Holds both servers to the same promises and prints the table. Netty keeps them all. Helidon's
 * deviations are listed here: one more fails the test, and so does one less, because Helidon's
 * server becomes the default on the day the list is empty
 * (docs/adr/0003-grpc-java-netty-server-by-default.md).
 */
class GrpcConformanceTest {
  /** A busy machine is no deviation, so a promise that should be kept has time. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Not worth waiting for: what is known to hang. */
  private static final Duration IMPATIENCE = Duration.ofSeconds(1);

  private static final int CASE_PATIENCES = 4;

  /** Helidon 4.1.7. */
  private static final Set<ConformanceCase> HELIDON_DEVIATES =
      EnumSet.of(
          ConformanceCase.EXCEPTION,
          ConformanceCase.OBSERVED_EXCEPTION,
          ConformanceCase.DETAILS,
          ConformanceCase.UNAVAILABLE,
          ConformanceCase.TRAILERS,
          ConformanceCase.DEADLINE_AT_SERVER,
          ConformanceCase.CANCEL,
          ConformanceCase.TOO_LARGE_MESSAGE,
          ConformanceCase.TRACE,
          ConformanceCase.REFLECTION,
          ConformanceCase.MISSED_DEADLINES,
          ConformanceCase.GRACEFUL_STOP);

  /** On a machine so busy that some of those calls miss their deadline: the deviation as above. */
  private static final Set<ConformanceCase> HELIDON_MAY_DEVIATE =
      EnumSet.of(ConformanceCase.SHORT_DEADLINES);

  private static final Map<String, Map<ConformanceCase, String>> TABLE = new LinkedHashMap<>();

  @TestFactory
  Stream<DynamicContainer> servers() {
    return Stream.of(
        server("netty", EnumSet.noneOf(ConformanceCase.class), Set.of()),
        server("helidon", HELIDON_DEVIATES, HELIDON_MAY_DEVIATE));
  }

  @AfterAll
  static void printTable() {
    StringBuilder table = new StringBuilder("gRPC conformance\n");
    for (ConformanceCase promise : ConformanceCase.values()) {
      TABLE.forEach(
          (server, outcomes) ->
              table.append(
                  "%-8s | %-70s | %s%n".formatted(server, promise.promise, outcomes.get(promise))));
    }
    System.out.print(table);
  }

  private static DynamicContainer server(
      String server, Set<ConformanceCase> deviations, Set<ConformanceCase> doubtful) {
    List<DynamicTest> tests =
        Arrays.stream(ConformanceCase.values())
            .map(
                promise ->
                    DynamicTest.dynamicTest(
                        promise.promise, () -> check(server, promise, deviations, doubtful)))
            .toList();
    return DynamicContainer.dynamicContainer(server, tests);
  }

  private static void check(
      String server,
      ConformanceCase promise,
      Set<ConformanceCase> deviations,
      Set<ConformanceCase> doubtful) {
    Duration patience = deviations.contains(promise) ? IMPATIENCE : PATIENCE;
    String outcome = outcome(server, promise, patience);
    TABLE
        .computeIfAbsent(server, name -> new EnumMap<>(ConformanceCase.class))
        .put(promise, outcome);
    if (deviations.contains(promise)) {
      assertThat(outcome)
          .as("%s keeps a promise that is listed as a deviation: take it off the list", server)
          .isNotEqualTo("ok");
    } else if (!doubtful.contains(promise)) {
      assertThat(outcome).isEqualTo("ok");
    }
  }

  /** "ok", or why not. */
  private static String outcome(String server, ConformanceCase promise, Duration patience) {
    try (Peers peers = Peers.on(server, patience)) {
      FutureTask<String> run =
          new FutureTask<>(
              () -> {
                promise.run(peers);
                return "ok";
              });
      Thread.ofVirtual().start(run);
      return run.get(CASE_PATIENCES * patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return "hangs";
    } catch (ExecutionException e) {
      return String.valueOf(e.getCause()).strip().replaceAll("\\s+", " ");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return fail(e);
    }
  }
}
