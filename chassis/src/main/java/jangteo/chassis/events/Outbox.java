package jangteo.chassis.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jangteo.chassis.Part;
import jangteo.chassis.data.Database;
import jangteo.chassis.data.Placeholders;
import jangteo.chassis.data.Transaction;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Events that leave a service exactly when the change they tell of is committed (design, section 6,
 * "Out").
 *
 * <p>{@link #add} writes them into the same transaction, with the current {@code traceparent}; the
 * relay sends them in row order. A reader may get an event twice, each time with the same {@code
 * ce_id}. The caller locks the aggregate's row before it adds, so that row order is commit order
 * per aggregate.
 */
public final class Outbox implements Part {

  /** Well below what a broker takes at most (1 MiB), headers included. */
  private static final int LARGEST_VALUE = 900_000;

  /** Well below what a server takes at once by default (16 MiB), headers included. */
  private static final long LARGEST_INSERT = 4_000_000;

  private static final int COLUMNS = 5;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Kafka kafka;
  private final Clock clock;
  private final OutboxRelay relay;
  private final OutboxMeters meters;
  private final Backlog backlog;

  private Outbox(
      Kafka kafka, Clock clock, OutboxRelay relay, OutboxMeters meters, Backlog backlog) {
    this.kafka = kafka;
    this.clock = clock;
    this.relay = relay;
    this.meters = meters;
    this.backlog = backlog;
  }

  /** The outbox in the service's own schema, with its relay. */
  public static Outbox create(Database database, Kafka kafka, Clock clock) {
    OutboxMeters meters = new OutboxMeters(database, clock);
    return new Outbox(
        kafka,
        clock,
        new OutboxRelay(database, kafka, meters::delivered),
        meters,
        new Backlog(database));
  }

  /**
   * Adds events to the transaction, to be sent once it has committed.
   *
   * @throws IllegalArgumentException for a topic the shop does not have, or a value over 900 kB,
   *     which no relay could ever send
   */
  public void add(Transaction transaction, Event... events) {
    Instant now = clock.instant();
    Headers.Origin origin = Headers.Origin.of(kafka.service(), now);
    List<@Nullable Object> rows = new ArrayList<>();
    long bytes = 0;
    Arrays.stream(events).map(Event::topic).distinct().forEach(kafka::ensure);
    for (Event event : events) {
      int size = event.value().map(value -> value.length).orElse(0);
      if (size > LARGEST_VALUE) {
        throw new IllegalArgumentException(event.type() + " is larger than 900 kB");
      }
      if (bytes + size > LARGEST_INSERT) {
        insert(transaction, rows);
        bytes = 0;
      }
      bytes += size;
      Collections.addAll(
          rows,
          event.topic(),
          event.key(),
          event.value(),
          json(Headers.complete(event, origin)),
          now);
    }
    insert(transaction, rows);
    transaction.afterCommit(relay::nudge);
  }

  /**
   * Waits while many events are queued. For those who add thousands, so that everybody else's
   * changes do not wait behind them; not inside a transaction. It does not wait for a relay that
   * sends nothing: that is no matter of many.
   */
  public void awaitRoom() {
    backlog.awaitRoom();
  }

  /** All rows in one statement: many events of one transaction cost hardly more than one. */
  private static void insert(Transaction transaction, List<@Nullable Object> rows) {
    if (rows.isEmpty()) {
      return;
    }
    transaction.execute(
        "INSERT INTO outbox (topic, record_key, value, headers, created_at) VALUES "
            + Placeholders.rows(rows.size() / COLUMNS, COLUMNS),
        rows.toArray());
    rows.clear();
  }

  @Override
  public String name() {
    return "outbox";
  }

  @Override
  public void start() {
    relay.start();
    meters.start();
  }

  @Override
  public void stop() {
    meters.stop();
    relay.stop();
  }

  private static String json(Map<String, String> headers) {
    try {
      return JSON.writeValueAsString(headers);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
