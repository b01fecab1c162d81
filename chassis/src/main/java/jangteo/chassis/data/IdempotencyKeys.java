package jangteo.chassis.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import jangteo.chassis.Digest;
import jangteo.chassis.web.Access;
import jangteo.chassis.web.Caller;
import jangteo.chassis.web.IdempotencyKey;
import jangteo.chassis.web.Json;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Makes a write safe to repeat under the header {@code Idempotency-Key} (design, section 4).
 *
 * <p>The scope of a key is (member, method, path, key), kept for 24 hours. The first answer is
 * committed together with the work; the same key with the same body gets its status, headers and
 * body again, another body is refused with 422 {@code idempotency-key-reused}. A second request
 * while the first runs waits for it at the unique row. Work that throws leaves nothing: the key can
 * be used again.
 */
public final class IdempotencyKeys {

  private static final Duration KEPT = Duration.ofHours(24);
  private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};

  private final Database database;
  private final Clock clock;

  private IdempotencyKeys(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Keys in the service's own schema. */
  public static IdempotencyKeys create(Database database, Clock clock) {
    database.forget("idempotency_key", KEPT);
    return new IdempotencyKeys(database, clock);
  }

  /**
   * Answers a request whose key is optional; without one it is simply done.
   *
   * @param body the request as it was read, which is compared when the key comes again
   * @param work done in one transaction with the record of its answer; may run more than once
   */
  public void answer(
      ServerRequest request,
      ServerResponse response,
      Object body,
      Function<Transaction, Answer> work) {
    send(
        response,
        IdempotencyKey.of(request)
            .map(key -> once(request, key, body, work))
            .orElseGet(() -> database.inTransaction(tx -> written(work.apply(tx)))));
  }

  /** Answers a request whose key is required: 400 without it. */
  public void answerRequired(
      ServerRequest request,
      ServerResponse response,
      Object body,
      Function<Transaction, Answer> work) {
    send(response, once(request, IdempotencyKey.required(request), body, work));
  }

  private Written once(
      ServerRequest request, String key, Object body, Function<Transaction, Answer> work) {
    byte[] scope =
        Digest.of(
            Access.callerIfAny(request).map(Caller::memberId).map(String::valueOf).orElse(""),
            request.prologue().method().text(),
            request.prologue().uriPath().path(),
            key);
    byte[] hash = Digest.of(text(body).getBytes(StandardCharsets.UTF_8));
    return database.inTransaction(tx -> once(tx, scope, hash, work));
  }

  /**
   * Waits for, or becomes, the one that holds the row. The update that changes nothing takes the
   * exclusive lock at once; INSERT IGNORE would share it, and two waiting requests would deadlock.
   */
  private Written once(
      Transaction tx, byte[] scope, byte[] hash, Function<Transaction, Answer> work) {
    Instant now = clock.instant();
    tx.execute(
        """
        INSERT INTO idempotency_key (scope_hash, request_hash, created_at) VALUES (?, ?, ?)
        ON DUPLICATE KEY UPDATE scope_hash = scope_hash
        """,
        scope,
        hash,
        now);
    Row row =
        tx.one("SELECT * FROM idempotency_key WHERE scope_hash = ?", (Object) scope).orElseThrow();
    boolean first = row.maybeWhole("status").isEmpty();
    if (first || row.instant("created_at").isBefore(now.minus(KEPT))) {
      Written answer = written(work.apply(tx));
      record(tx, scope, hash, answer, now);
      return answer;
    }
    if (!Arrays.equals(row.bytes("request_hash"), hash)) {
      throw IdempotencyKey.reused();
    }
    return new Written(
        (int) row.whole("status"), headers(row.text("headers")), row.maybeBytes("body"));
  }

  private void record(Transaction tx, byte[] scope, byte[] hash, Written answer, Instant now) {
    tx.execute(
        """
        UPDATE idempotency_key
        SET request_hash = ?, status = ?, headers = ?, body = ?, created_at = ?
        WHERE scope_hash = ?
        """,
        hash,
        answer.status(),
        text(answer.headers()),
        answer.body(),
        now,
        scope);
  }

  private static void send(ServerResponse response, Written answer) {
    response.status(Status.create(answer.status()));
    answer.headers().forEach((name, value) -> response.header(name, value));
    if (answer.body().isPresent()) {
      response.header(HeaderNames.CONTENT_TYPE, "application/json");
      response.send(answer.body().get());
    } else {
      response.send();
    }
  }

  private static Written written(Answer answer) {
    return new Written(
        answer.status(),
        answer.headers(),
        Optional.ofNullable(answer.body()).map(IdempotencyKeys::bytes));
  }

  /** Takes any text, also half a surrogate pair, which has no UTF-8: it is the work's to refuse. */
  private static String text(Object value) {
    try {
      return Json.mapper().writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(Object value) {
    try {
      return Json.mapper().writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> headers(String text) {
    try {
      return Json.mapper().readValue(text, HEADERS);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An answer as it goes out, now and later. */
  private record Written(int status, Map<String, String> headers, Optional<byte[]> body) {}
}
