package jangteo.chassis.telemetry;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The trace of the work at hand, as W3C trace context carries it between processes. */
public final class Traces {

  /** The header's name, in HTTP and in Kafka (W3C Trace Context). */
  public static final String TRACEPARENT = "traceparent";

  private static final TextMapGetter<Map<String, String>> FROM_MAP =
      new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Map<String, String> carrier) {
          return carrier.keySet();
        }

        @Override
        public @Nullable String get(@Nullable Map<String, String> carrier, String key) {
          return carrier == null ? null : carrier.get(key);
        }
      };

  private Traces() {}

  /** The tracer that all of the chassis' own spans come from. */
  public static Tracer tracer() {
    return GlobalOpenTelemetry.getTracer("jangteo");
  }

  /** The current trace id, 32 hex digits; empty outside any trace. */
  public static String traceId() {
    SpanContext context = Span.current().getSpanContext();
    return context.isValid() ? context.getTraceId() : "";
  }

  /** The current context as a {@code traceparent} value; empty outside any trace. */
  public static Optional<String> traceparent() {
    Map<String, String> carrier = new HashMap<>();
    W3CTraceContextPropagator.getInstance()
        .inject(Context.current(), carrier, (into, key, value) -> into.put(key, value));
    return Optional.ofNullable(carrier.get(TRACEPARENT));
  }

  /** The trace id inside a {@code traceparent}; empty when it is not one. */
  public static String traceIdOf(String traceparent) {
    SpanContext context = Span.fromContext(context(traceparent)).getSpanContext();
    return context.isValid() ? context.getTraceId() : "";
  }

  /** The context that a {@code traceparent} names; the root context when it is not one. */
  public static Context context(String traceparent) {
    return W3CTraceContextPropagator.getInstance()
        .extract(Context.root(), Collections.singletonMap(TRACEPARENT, traceparent), FROM_MAP);
  }

  /**
   * Runs the work in a span of its own.
   *
   * @param name the span's name, of few distinct values
   * @param parent the {@code traceparent} to continue; when empty, the current context
   */
  public static <T> T inSpan(
      String name, SpanKind kind, Optional<String> parent, Supplier<T> work) {
    Span span =
        tracer()
            .spanBuilder(name)
            .setSpanKind(kind)
            .setParent(parent.map(Traces::context).orElseGet(Context::current))
            .startSpan();
    try (Scope scope = span.makeCurrent()) {
      return work.get();
    } catch (RuntimeException e) {
      span.recordException(e);
      span.setStatus(StatusCode.ERROR);
      throw e;
    } finally {
      span.end();
    }
  }

  /** The same for work without a result. */
  public static void inSpan(String name, SpanKind kind, Optional<String> parent, Runnable work) {
    inSpan(
        name,
        kind,
        parent,
        () -> {
          work.run();
          return name;
        });
  }
}
