package jangteo.chassis.data;

import io.helidon.dbclient.DbClientService;
import io.helidon.dbclient.DbClientServiceContext;
import io.helidon.metrics.api.Metrics;
import io.helidon.metrics.api.Tag;
import io.helidon.metrics.api.Timer;
import java.time.Duration;

/**
 * Times statements in one meter, {@code db.statement}, tagged with verb and table. Helidon's own
 * service makes a meter of its own for each statement, which no dashboard can sum up.
 */
final class StatementTimes implements DbClientService {

  @Override
  public DbClientServiceContext statement(DbClientServiceContext statement) {
    long start = System.nanoTime();
    var unused =
        statement
            .resultFuture()
            .whenComplete(
                (rows, failure) ->
                    timer(statement.statementName(), failure == null ? "ok" : "failed")
                        .record(Duration.ofNanos(System.nanoTime() - start)));
    return statement;
  }

  private static Timer timer(String statement, String outcome) {
    return Metrics.globalRegistry()
        .getOrCreate(
            Timer.builder("db.statement")
                .description("Time until all rows of a statement were read")
                .addTag(Tag.create("statement", statement))
                .addTag(Tag.create("outcome", outcome)));
  }
}
