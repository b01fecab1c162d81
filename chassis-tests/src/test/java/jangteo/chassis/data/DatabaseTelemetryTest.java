package jangteo.chassis.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.common.context.Context;
import io.helidon.common.context.Contexts;
import io.helidon.metrics.api.Metrics;
import io.helidon.tracing.providers.opentelemetry.HelidonOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import jangteo.testkit.TestServers;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DatabaseTelemetryTest {

  private static Database database;

  @BeforeAll
  static void start() {
    database = Databases.ready(TestServers.database("telemetry"));
  }

  @AfterAll
  static void stop() {
    database.stop();
  }

  /** As in a Kafka consumer, where there is no web request whose context Helidon would find. */
  @Test
  void aStatementIsASpanInTheCurrentTraceNamedByVerbAndTable() {
    Collected spans = new Collected();
    try (OpenTelemetrySdk telemetry =
        OpenTelemetrySdk.builder()
            .setTracerProvider(
                SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(spans))
                    .build())
            .build()) {
      var tracer = telemetry.getTracer("test");
      Context helidon = Context.builder().parent(Contexts.globalContext()).build();
      helidon.register(HelidonOpenTelemetry.create(telemetry, tracer, Map.of()));
      Span around = tracer.spanBuilder("around").startSpan();
      try (Scope scope = around.makeCurrent()) {
        Contexts.runInContext(helidon, () -> Databases.shelves(database));
      } finally {
        around.end();
      }

      assertThat(spans.all)
          .filteredOn(span -> span.getName().equals("SELECT shelf"))
          .singleElement()
          .satisfies(
              span -> {
                assertThat(span.getTraceId()).isEqualTo(around.getSpanContext().getTraceId());
                assertThat(span.getParentSpanId()).isEqualTo(around.getSpanContext().getSpanId());
              });
    }
  }

  @Test
  void thePoolAndTheStatementsAreMeasured() {
    Databases.shelves(database);

    assertThat(Metrics.globalRegistry().meters())
        .extracting(meter -> meter.id().name())
        .contains("db.pool.connections", "db.statement");
  }

  private static final class Collected implements SpanExporter {

    private final List<SpanData> all = new CopyOnWriteArrayList<>();

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      all.addAll(spans);
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }
}
