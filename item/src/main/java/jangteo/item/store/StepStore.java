package jangteo.item.store;

import com.fasterxml.jackson.core.type.TypeReference;
import jangteo.chassis.data.Placeholders;
import jangteo.chassis.data.Row;
import jangteo.chassis.data.Sql;
import jangteo.chassis.data.Transaction;
import jangteo.item.domain.Outcome;
import jangteo.item.domain.Outcome.Accepted;
import jangteo.item.domain.Outcome.Committed;
import jangteo.item.domain.Outcome.Expired;
import jangteo.item.domain.Outcome.Reason;
import jangteo.item.domain.Outcome.Rejected;
import jangteo.item.domain.Outcome.Released;
import jangteo.item.domain.RecordedStep;
import jangteo.item.domain.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The table {@code order_steps}. */
public final class StepStore {

  private static final TypeReference<List<HeldLine>> HELD = new TypeReference<>() {};

  private static final String COLUMNS =
      "order_id, step, outcome, reason, listing_id, held, deadline, taken_at";

  private final Duration remindAfter;

  /**
   * The steps of orders.
   *
   * @param remindAfter how long after an order's deadline its open reservation is announced again,
   *     and again
   */
  public StepStore(Duration remindAfter) {
    this.remindAfter = remindAfter;
  }

  /** All steps taken for the orders so far. */
  public List<RecordedStep> of(Sql sql, Collection<UUID> orderIds) {
    return orderIds.isEmpty()
        ? List.of()
        : sql
            .all(
                "SELECT %s FROM order_steps WHERE order_id IN %s"
                    .formatted(COLUMNS, Placeholders.list(orderIds.size())),
                orderIds.toArray())
            .stream()
            .map(StepStore::step)
            .toList();
  }

  /**
   * Records steps. A commit or a release closes the order's reservation.
   *
   * @throws jangteo.chassis.data.DuplicateKeyException when one of them was taken by somebody else
   */
  public void add(Transaction tx, List<RecordedStep> steps) {
    if (steps.isEmpty()) {
      return;
    }
    List<@Nullable Object> args = new ArrayList<>();
    for (RecordedStep step : steps) {
      args.add(step.orderId());
      args.add(step.step());
      args.addAll(columns(step.outcome()));
      args.add(step.deadline());
      args.add(step.at());
      args.add(step.outcome() instanceof Accepted ? step.deadline().plus(remindAfter) : null);
    }
    tx.execute(
        "INSERT INTO order_steps (%s, remind_at) VALUES %s"
            .formatted(COLUMNS, Placeholders.rows(steps.size(), 9)),
        args.toArray());
    close(tx, steps);
  }

  private void close(Transaction tx, List<RecordedStep> steps) {
    List<UUID> closed =
        steps.stream()
            .filter(step -> step.step() != Step.RESERVE)
            .map(RecordedStep::orderId)
            .distinct()
            .toList();
    if (!closed.isEmpty()) {
      tx.execute(
          "UPDATE order_steps SET remind_at = NULL WHERE step = 'RESERVE' AND order_id IN "
              + Placeholders.list(closed.size()),
          closed.toArray());
    }
  }

  /** Open reservations that are to be announced again by now, the longest waiting first. */
  public List<RecordedStep> due(Sql sql, Instant now, int limit) {
    return sql
        .all(
            "SELECT %s FROM order_steps WHERE remind_at <= ? ORDER BY remind_at LIMIT ?"
                .formatted(COLUMNS),
            now,
            limit)
        .stream()
        .map(StepStore::step)
        .toList();
  }

  /** The reservations were announced again; those still open are due again later. */
  public void reminded(Transaction tx, List<RecordedStep> steps, Instant now) {
    List<Object> args = new ArrayList<>();
    args.add(now.plus(remindAfter));
    steps.forEach(step -> args.add(step.orderId()));
    tx.execute(
        """
        UPDATE order_steps SET remind_at = ?
        WHERE remind_at IS NOT NULL AND step = 'RESERVE' AND order_id IN %s"""
            .formatted(Placeholders.list(steps.size())),
        args.toArray());
  }

  /**
   * Where pruning has come to.
   *
   * @param takenAt when the last release that was looked at was taken
   * @param orderId its order
   */
  public record PrunedUpTo(Instant takenAt, UUID orderId) {

    /** Before everything. */
    public static final PrunedUpTo NOTHING = new PrunedUpTo(Instant.EPOCH, new UUID(0, 0));
  }

  /**
   * Deletes the steps of orders that were released without having been sold, and that no record can
   * concern any more. What was sold stays: it can come back at any time, and its lines stand with
   * its reservation. What is reserved is never touched.
   *
   * @param before when the release was taken at the latest
   * @param limit how many orders are looked at
   * @return where to go on; empty when there is no more for now
   */
  public Optional<PrunedUpTo> prune(Transaction tx, PrunedUpTo from, Instant before, int limit) {
    List<Row> released =
        tx.all(
            """
            SELECT r.order_id, r.taken_at, EXISTS (
              SELECT 1 FROM order_steps c WHERE c.order_id = r.order_id AND c.step = 'COMMIT') AS sold
            FROM order_steps r
            WHERE r.step = 'RELEASE' AND r.taken_at < ?
              AND (r.taken_at > ? OR (r.taken_at = ? AND r.order_id > ?))
            ORDER BY r.taken_at, r.order_id LIMIT ?
            """,
            before,
            from.takenAt(),
            from.takenAt(),
            from.orderId(),
            limit);
    List<UUID> over =
        released.stream()
            .filter(row -> !row.flag("sold"))
            .map(row -> row.uuid("order_id"))
            .toList();
    if (!over.isEmpty()) {
      tx.execute(
          "DELETE FROM order_steps WHERE order_id IN " + Placeholders.list(over.size()),
          over.toArray());
    }
    return released.size() < limit
        ? Optional.empty()
        : Optional.of(
            new PrunedUpTo(
                released.getLast().instant("taken_at"), released.getLast().uuid("order_id")));
  }

  private static List<@Nullable Object> columns(Outcome outcome) {
    return switch (outcome) {
      case Accepted(Map<Long, Long> held) ->
          Arrays.asList("ACCEPTED", null, null, JsonColumn.write(lines(held)));
      case Rejected(Reason reason, long listingId) ->
          Arrays.asList("REJECTED", reason, listingId, null);
      case Expired() -> Arrays.asList("EXPIRED", null, null, null);
      case Committed() -> Arrays.asList("COMMITTED", null, null, null);
      case Released() -> Arrays.asList("RELEASED", null, null, null);
    };
  }

  private static RecordedStep step(Row row) {
    Outcome outcome =
        switch (row.text("outcome")) {
          case "ACCEPTED" -> new Accepted(held(JsonColumn.read(row.text("held"), HELD)));
          case "REJECTED" ->
              new Rejected(row.choice("reason", Reason.class), row.whole("listing_id"));
          case "EXPIRED" -> new Expired();
          case "COMMITTED" -> new Committed();
          case "RELEASED" -> new Released();
          default -> throw new IllegalStateException("outcome " + row.text("outcome"));
        };
    return new RecordedStep(
        row.uuid("order_id"),
        row.choice("step", Step.class),
        outcome,
        row.instant("deadline"),
        row.instant("taken_at"));
  }

  /** One element of the column {@code held}. */
  record HeldLine(long listingId, long quantity) {}

  private static List<HeldLine> lines(Map<Long, Long> held) {
    return held.entrySet().stream()
        .map(entry -> new HeldLine(entry.getKey(), entry.getValue()))
        .sorted(Comparator.comparingLong(HeldLine::listingId))
        .toList();
  }

  private static Map<Long, Long> held(List<HeldLine> lines) {
    return lines.stream().collect(Collectors.toMap(HeldLine::listingId, HeldLine::quantity));
  }
}
