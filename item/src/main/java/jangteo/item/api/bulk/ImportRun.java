package jangteo.item.api.bulk;

import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import io.opentelemetry.context.Context;
import jangteo.chassis.web.FieldError;
import jangteo.chassis.web.Problem;
import jangteo.chassis.web.ProblemException;
import jangteo.item.store.ImportStore.Reached;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One import. The request's thread reads lines and checks them, a second takes them in batches, and
 * the reply is carried by a third: none waits for another longer than a full queue takes. When the
 * import cannot go on, the rest of the request is read and dropped, for only then would every
 * client read why.
 */
final class ImportRun {

  private static final Logger LOG = LoggerFactory.getLogger(ImportRun.class);

  /** Lines in a transaction. */
  private static final int BATCH = 500;

  /**
   * Bytes of lines in a transaction: what the store makes of them is far below its largest packet.
   */
  private static final int BATCH_BYTES = 1024 * 1024;

  /** Lines that are read and checked while a batch is taken: the next one. */
  private static final int QUEUE = BATCH;

  /** Bytes of the lines in the queue. */
  private static final int QUEUE_BYTES = 2 * BATCH_BYTES;

  /** Milliseconds that a batch waits for another line: a client may send one at a time. */
  private static final long LINGER = 20;

  private static final FieldError TOO_LONG =
      new FieldError("line", "is longer than %d bytes".formatted(LineReader.LONGEST));

  private record Queued(Optional<ReadLine> line, int bytes, boolean again, Reached reached) {}

  private final long sellerId;
  private final LineFormat.Input input;
  private final Importing importing;
  private final ImportProgress progress;
  private final Reply reply;
  private final Summary summary = new Summary();
  private final BlockingQueue<Queued> queue = new ArrayBlockingQueue<>(QUEUE);
  private final Semaphore room = new Semaphore(QUEUE_BYTES);

  /** Known to the thread that takes them. */
  private boolean allTaken;

  private volatile @Nullable RuntimeException failure;

  ImportRun(
      long sellerId,
      LineFormat.Input input,
      Importing importing,
      ImportProgress progress,
      Reply reply) {
    this.sellerId = sellerId;
    this.input = input;
    this.importing = importing;
    this.progress = progress;
    this.reply = reply;
  }

  /**
   * Reads it all and answers.
   *
   * @throws ProblemException when it failed before the first answer
   */
  void run() throws IOException {
    Thread taking =
        Thread.ofVirtual().name("import").start(Context.current().wrap(this::takeBatches));
    Optional<RuntimeException> cut;
    try {
      cut = readLines();
    } finally {
      put(new Queued(Optional.empty(), 0, false, progress.here()));
      join(taking);
    }
    answer(Optional.ofNullable(failure).or(() -> cut));
  }

  /** Reads to the end; why it could not, if so. */
  private Optional<RuntimeException> readLines() throws IOException {
    try {
      LineReader lines = input.lines();
      for (Optional<InputLine> next = lines.next(); next.isPresent(); next = lines.next()) {
        if (failure == null) {
          pass(next.get());
        }
      }
      return Optional.empty();
    } catch (ProblemException anotherInput) {
      drop();
      return Optional.of(anotherInput);
    } catch (RequestException tooLarge) {
      return Optional.of(tooLarge);
    }
  }

  private void pass(InputLine line) {
    progress.pass(line);
    put(
        new Queued(
            Optional.of(read(line)),
            line.bytes().length,
            progress.again(line.number()),
            progress.here()));
  }

  private void drop() throws IOException {
    Optional<InputLine> dropped;
    do {
      dropped = input.lines().next();
    } while (dropped.isPresent());
  }

  private ReadLine read(InputLine line) {
    if (line.tooLong()) {
      return new ReadLine.Wrong(line.number(), List.of(TOO_LONG));
    }
    try {
      return new ReadLine.Right(input.read(line.bytes()).validated(line.number()));
    } catch (ProblemException wrong) {
      return new ReadLine.Wrong(line.number(), ProductLine.errors(wrong));
    }
  }

  private void takeBatches() {
    try {
      Queued next = taken(queue.take());
      while (next.line().isPresent()) {
        List<Queued> batch = new ArrayList<>(List.of(next));
        Optional<Queued> after = fill(batch);
        importing.awaitRoom();
        take(batch);
        next = after.isPresent() ? after.get() : taken(queue.take());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      failure = e;
      dropQueued();
    }
  }

  /** Takes what is there into the batch; the first that is not of it, if one has come. */
  private Optional<Queued> fill(List<Queued> batch) throws InterruptedException {
    int bytes = batch.getFirst().bytes();
    while (batch.size() < BATCH) {
      @Nullable Queued next = queue.poll(LINGER, TimeUnit.MILLISECONDS);
      if (next == null) {
        return Optional.empty();
      }
      bytes += taken(next).bytes();
      if (next.line().isEmpty()
          || bytes > BATCH_BYTES
          || next.again() != batch.getFirst().again()) {
        return Optional.of(next);
      }
      batch.add(next);
    }
    return Optional.empty();
  }

  private void take(List<Queued> batch) {
    boolean again = batch.getFirst().again();
    Reached to = batch.getLast().reached();
    List<ReadLine> lines = batch.stream().map(queued -> queued.line().orElseThrow()).toList();
    List<LineResult> results =
        importing.take(sellerId, lines, again, again ? tx -> {} : tx -> progress.advance(tx, to));
    if (!again) {
      progress.advanced(to);
    }
    summary.add(results);
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    results.forEach(result -> text.writeBytes(NdjsonFormat.line(result)));
    reply.write(text.toByteArray());
  }

  /** Nobody takes lines any more, and the one who reads them is not to wait for that. */
  private void dropQueued() {
    try {
      while (!allTaken) {
        taken(queue.take());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(Optional<RuntimeException> failed) throws IOException {
    if (failed.isPresent()) {
      if (failed.get() instanceof Spool.StalledException) {
        throw new CloseConnectionException("The import was given up", failed.get());
      }
      if (!reply.begun()) {
        throw failed.get();
      }
    }
    reply.write(failed.map(why -> summary.ended(problem(why))).orElseGet(() -> summary.complete()));
    reply.finish();
  }

  private static Problem problem(RuntimeException failure) {
    return switch (failure) {
      case ProblemException known -> known.problem();
      case RequestException tooLarge -> Problem.tooLarge();
      default -> {
        LOG.error("An import failed", failure);
        yield Problem.of(
            500,
            "unexpected",
            "Something went wrong on our side",
            "What has its result is done; the rest can be sent again.");
      }
    };
  }

  private void put(Queued next) {
    try {
      room.acquire(next.bytes());
      queue.put(next);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CloseConnectionException("The service is stopping", e);
    }
  }

  private Queued taken(Queued next) {
    room.release(next.bytes());
    allTaken = next.line().isEmpty();
    return next;
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CloseConnectionException("The service is stopping", e);
    }
  }
}
