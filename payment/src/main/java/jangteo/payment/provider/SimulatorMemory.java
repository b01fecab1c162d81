package jangteo.payment.provider;

import jangteo.chassis.data.Database;
import jangteo.chassis.data.Placeholders;
import jangteo.chassis.data.Row;
import jangteo.payment.domain.ProviderAnswer;
import jangteo.payment.domain.ProviderAnswer.Declined;
import jangteo.payment.domain.ProviderAnswer.Done;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The table {@code simulator_calls}: what the simulated provider was asked under each key, and what
 * came of it. The calls of one moment are written together by whichever caller is first: a commit
 * for each would be what limits the shop, and it is not even the shop's.
 */
final class SimulatorMemory {

  /**
   * A call that has its outcome.
   *
   * @param declined why not; empty when it was done
   * @param reference the provider's name for what it did
   */
  record Call(String key, String operation, Optional<String> declined, String reference) {}

  private record Waiting(Call call, CompletableFuture<ProviderAnswer> answer) {}

  private final Database database;
  private final Clock clock;
  private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
  private final ReentrantLock writing = new ReentrantLock();

  SimulatorMemory(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** What is remembered under the call's key from now on, which may be what was before. */
  ProviderAnswer remember(Call call) {
    Waiting own = new Waiting(call, new CompletableFuture<>());
    waiting.add(own);
    writing.lock();
    try {
      if (!own.answer().isDone()) {
        writeAll();
      }
    } finally {
      writing.unlock();
    }
    return own.answer().join();
  }

  /** What was remembered under the key. */
  Optional<ProviderAnswer> recall(String key) {
    return Optional.ofNullable(recall(List.of(key)).get(key));
  }

  /** Nothing comes through under the key any more, whatever has been or will be asked. */
  void decline(String key, String operation, String reason) {
    write(
        List.of(new Call(key, operation, Optional.of(reason), "")), "declined = VALUES(declined)");
  }

  private void writeAll() {
    List<Waiting> all = new ArrayList<>();
    for (Waiting next = waiting.poll(); next != null; next = waiting.poll()) {
      all.add(next);
    }
    try {
      write(all.stream().map(Waiting::call).toList(), "idempotency_key = idempotency_key");
      Map<String, ProviderAnswer> known =
          recall(all.stream().map(each -> each.call().key()).toList());
      all.forEach(each -> each.answer().complete(known.get(each.call().key())));
    } catch (RuntimeException | Error e) { // whoever has left the queue is told, whatever it is
      all.forEach(each -> each.answer().completeExceptionally(e));
    }
  }

  private void write(Collection<Call> calls, String whenThere) {
    List<Object> args = new ArrayList<>();
    for (Call call : calls) {
      Collections.addAll(
          args, call.key(), call.operation(), call.declined(), call.reference(), clock.instant());
    }
    database.read(
        sql ->
            sql.execute(
                "INSERT INTO simulator_calls (idempotency_key, operation, declined, reference, at)"
                    + " VALUES "
                    + Placeholders.rows(calls.size(), 5)
                    + " ON DUPLICATE KEY UPDATE "
                    + whenThere,
                args.toArray()));
  }

  private Map<String, ProviderAnswer> recall(Collection<String> keys) {
    List<Row> rows =
        database.read(
            sql ->
                sql.all(
                    "SELECT * FROM simulator_calls WHERE idempotency_key IN "
                        + Placeholders.list(keys.size()),
                    keys.toArray()));
    Map<String, ProviderAnswer> found = new HashMap<>();
    rows.forEach(row -> found.put(row.text("idempotency_key"), answer(row)));
    return found;
  }

  private static ProviderAnswer answer(Row row) {
    return row.maybeText("declined")
        .<ProviderAnswer>map(Declined::new)
        .orElseGet(() -> new Done(row.text("reference")));
  }
}
