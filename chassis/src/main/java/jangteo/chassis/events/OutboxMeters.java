package jangteo.chassis.events;

import io.helidon.metrics.api.Gauge;
import io.helidon.metrics.api.Meter;
import io.helidon.metrics.api.Metrics;
import io.helidon.metrics.api.Timer;
import jangteo.chassis.StopSignal;
import jangteo.chassis.data.Database;
import jangteo.chassis.data.Row;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many rows wait in the outbox and for how long the oldest has, measured every two seconds on
 * every instance, also while no relay works; and how long each took that was sent.
 */
final class OutboxMeters {

  private static final Logger LOG = LoggerFactory.getLogger(OutboxMeters.class);
  private static final Duration PERIOD = Duration.ofSeconds(2);

  private final Database database;
  private final Clock clock;
  private final Timer delivery;
  private final List<Meter> meters;
  private final StopSignal stopping = new StopSignal();
  private final Thread thread =
      Thread.ofPlatform().daemon().name("outbox-meters").unstarted(this::run);
  private volatile long depth;
  private volatile double ageSeconds;

  OutboxMeters(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
    this.delivery =
        Metrics.globalRegistry()
            .getOrCreate(
                Timer.builder("outbox.delivery")
                    .description(
                        "From an event's row, just before its commit, to the broker's answer"));
    this.meters =
        List.of(
            delivery,
            Metrics.globalRegistry()
                .getOrCreate(
                    Gauge.builder("outbox.depth", () -> depth)
                        .description("Events that are committed and not sent yet")),
            Metrics.globalRegistry()
                .getOrCreate(
                    Gauge.builder("outbox.oldest.age", () -> ageSeconds)
                        .baseUnit(Meter.BaseUnits.SECONDS)
                        .description("How long the oldest event has waited to be sent")));
  }

  void start() {
    thread.start();
  }

  void stop() {
    stopping.give();
    thread.interrupt();
    meters.forEach(Metrics.globalRegistry()::remove);
  }

  /** The broker has these rows. */
  void delivered(List<OutboxRow> rows) {
    Instant now = clock.instant();
    for (OutboxRow row : rows) {
      Duration took = Duration.between(row.createdAt(), now);
      delivery.record(took.isNegative() ? Duration.ZERO : took);
    }
  }

  private void run() {
    while (!stopping.givenWithin(PERIOD)) {
      if (database.readiness().ready()) {
        measure();
      }
    }
  }

  private void measure() {
    try {
      Row row =
          database.read(
              sql ->
                  sql.one("SELECT COUNT(*) AS depth, MIN(created_at) AS oldest FROM outbox")
                      .orElseThrow());
      Instant now = clock.instant();
      depth = row.whole("depth");
      ageSeconds =
          row.maybeInstant("oldest")
              .map(oldest -> Math.max(0, Duration.between(oldest, now).toMillis()) / 1000.0)
              .orElse(0.0);
    } catch (RuntimeException e) {
      LOG.debug("The outbox cannot be measured now", e);
    }
  }
}
