package jangteo.item.api.bulk;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The answer of an import: it begins with the first result, while the request is still being read,
 * and is carried to the client by a thread of its own.
 */
final class Reply implements AutoCloseable {

  private final ServerResponse response;
  private final Spool spool = new Spool(Spool.MOST_UNREAD, Spool.PATIENCE);
  private volatile @Nullable Carrying carrying;

  private record Carrying(Thread thread, OutputStream out) {}

  Reply(ServerResponse response) {
    this.response = response;
  }

  /** Whether the client is being answered already. */
  boolean begun() {
    return carrying != null;
  }

  /**
   * Adds to the answer.
   *
   * @throws Spool.StalledException when the client takes it no more
   */
  void write(byte[] lines) {
    spool.write(lines);
    if (carrying == null) {
      response.header(HeaderNames.CONTENT_TYPE, NdjsonFormat.MEDIA_TYPE);
      OutputStream out = response.outputStream();
      carrying = new Carrying(Thread.ofVirtual().name("import-reply").start(() -> carry(out)), out);
    }
  }

  private void carry(OutputStream out) {
    byte[] piece = new byte[64 * 1024];
    try {
      for (int count = spool.read(piece); count >= 0; count = spool.read(piece)) {
        out.write(piece, 0, count);
        out.flush();
      }
    } catch (IOException | RuntimeException clientIsGone) {
      spool.abandon();
    }
  }

  /** Waits until the client has all of it. */
  void finish() throws IOException {
    spool.end();
    Carrying begun = carrying;
    if (begun != null) {
      try {
        begun.thread().join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("the service is stopping", e);
      }
      begun.out().close();
    }
  }

  /** Lets go of what is not sent. */
  @Override
  public void close() {
    spool.abandon();
    spool.close();
  }
}
