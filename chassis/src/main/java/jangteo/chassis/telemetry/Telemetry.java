package jangteo.chassis.telemetry;

import io.helidon.tracing.Tracer;
import io.helidon.tracing.providers.opentelemetry.HelidonOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.util.Map;

/**
 * Sets OpenTelemetry up for a process, once.
 *
 * <p>The standard {@code OTEL_*} variables steer it. Without {@code OTEL_EXPORTER_OTLP_ENDPOINT}
 * nothing is exported, but traces still run through, so that logs and problems carry trace ids.
 */
public final class Telemetry {

  private Telemetry() {}

  /** Makes the SDK the process's own, for OpenTelemetry's API and for Helidon's. */
  public static void start(String serviceName) {
    boolean export = System.getenv("OTEL_EXPORTER_OTLP_ENDPOINT") != null;
    OpenTelemetry telemetry =
        AutoConfiguredOpenTelemetrySdk.builder()
            .addPropertiesSupplier(
                () ->
                    Map.of(
                        "otel.service.name", serviceName,
                        "otel.traces.exporter", export ? "otlp" : "none",
                        "otel.metrics.exporter", "none",
                        "otel.logs.exporter", "none",
                        "otel.exporter.otlp.protocol", "grpc"))
            .setResultAsGlobal()
            .build()
            .getOpenTelemetrySdk();
    Tracer.global(HelidonOpenTelemetry.create(telemetry, telemetry.getTracer("jangteo"), Map.of()));
  }
}
