package jangteo.chassis.data;

import io.helidon.common.context.Context;
import io.helidon.dbclient.DbClientService;
import io.helidon.dbclient.DbClientServiceContext;
import io.helidon.tracing.Span;
import io.helidon.tracing.SpanContext;

/**
 * Hands the current span to Helidon's database tracing, which looks for its parent in Helidon's
 * context alone: outside a web request, as in a Kafka consumer, a statement would start a trace of
 * its own.
 */
final class CurrentSpan implements DbClientService {

  @Override
  public DbClientServiceContext statement(DbClientServiceContext statement) {
    return Span.current()
        .map(
            span -> {
              Context context = Context.builder().parent(statement.context()).build();
              context.register(SpanContext.class, span.context());
              context.register(span.context());
              return statement.context(context);
            })
        .orElse(statement);
  }
}
