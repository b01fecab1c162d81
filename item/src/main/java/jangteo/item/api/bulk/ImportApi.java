package jangteo.item.api.bulk;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import jangteo.chassis.web.Access;
import jangteo.chassis.web.IdempotencyKey;
import jangteo.chassis.web.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * {@code POST /api/v1/items/import}: products and listings as a stream of lines, answered line by
 * line while it is read (docs/adr/0022).
 */
public final class ImportApi implements HttpService {

  private static final Duration RETRY = Duration.ofSeconds(10);

  private final Importing importing;
  private final ImportProgress.Keeper progress;
  private final Semaphore free;

  /**
   * Takes imports.
   *
   * @param atOnce how many run at the same time, so that they leave connections to everybody else
   */
  public ImportApi(Importing importing, ImportProgress.Keeper progress, int atOnce) {
    this.importing = importing;
    this.progress = progress;
    this.free = new Semaphore(atOnce);
  }

  @Override
  public void routing(HttpRules rules) {
    rules.post("/api/v1/items/import", Access.role("SELLER"), this::take);
  }

  private void take(ServerRequest request, ServerResponse response) {
    long sellerId = Access.caller(request).memberId();
    LineFormat format = LineFormat.ofBody(request);
    ImportProgress reached =
        IdempotencyKey.of(request)
            .map(key -> progress.of(sellerId, key))
            .orElseGet(ImportProgress::untold);
    if (!request.content().hasEntity()) {
      throw Problem.badRequest("The body is empty; lines are expected.").exception();
    }
    if (!free.tryAcquire()) {
      throw Problem.tooManyRequests("Other imports are under way.", RETRY).exception();
    }
    try (InputStream in = request.content().inputStream();
        Reply reply = new Reply(response)) {
      LineFormat.Input input = format.open(in);
      new ImportRun(sellerId, input, importing, reached, reply).run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      free.release();
    }
  }
}
