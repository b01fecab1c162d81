package jangteo.item.api.bulk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * An answer between the one who writes it and the client who reads it when it likes: in a file, so
 * that a client may send all it has before it reads the first byte, and costs no memory meanwhile.
 * The file is a ring; when it is full, the writer waits.
 */
final class Spool implements AutoCloseable {

  /** Bytes: more than half a million results. */
  static final long MOST_UNREAD = 64L * 1024 * 1024;

  /** How long a writer waits for a reader that takes nothing at all. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  /** The reader has taken nothing for too long, or is gone. */
  static final class StalledException extends RuntimeException {
    StalledException(String message) {
      super(message);
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final FileChannel file;
  private final long size;
  private final Duration patience;
  private long written;
  private long read;
  private boolean ended;
  private boolean abandoned;

  /**
   * An empty one.
   *
   * @param size bytes that may be unread
   */
  Spool(long size, Duration patience) {
    this.size = size;
    this.patience = patience;
    try {
      Path path = Files.createTempFile("jangteo-", ".answer");
      this.file =
          FileChannel.open(
              path,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Adds to the end; waits while there is no room.
   *
   * @throws StalledException when nobody reads any more
   */
  void write(byte[] bytes) {
    lock.lock();
    try {
      ByteBuffer left = ByteBuffer.wrap(bytes);
      while (left.hasRemaining()) {
        awaitRoom();
        long at = written % size;
        long room = Math.min(size - (written - read), size - at);
        int most = (int) Math.min(left.remaining(), room);
        int count = file.write(left.slice(left.position(), most), at);
        left.position(left.position() + count);
        written += count;
        changed.signalAll();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      lock.unlock();
    }
  }

  private void awaitRoom() {
    while (!abandoned && written - read == size) {
      awaitReading();
    }
    if (abandoned) {
      throw new StalledException("the client has gone away");
    }
  }

  private void awaitReading() {
    long before = read;
    if (!await(() -> read != before || abandoned, patience)) {
      throw new StalledException("the client takes no answer");
    }
  }

  /** Nothing follows. */
  void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Nobody reads any more. */
  void abandon() {
    lock.lock();
    try {
      abandoned = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for something to read; how much was read, -1 at the end. */
  int read(byte[] into) throws IOException {
    lock.lock();
    try {
      while (read == written && !ended && !abandoned) {
        await(() -> read != written || ended || abandoned, Duration.ofHours(1));
      }
      if (read == written || abandoned) {
        return -1;
      }
      long at = read % size;
      int most = (int) Math.min(into.length, Math.min(written - read, size - at));
      int count = file.read(ByteBuffer.wrap(into, 0, most), at);
      read += count;
      changed.signalAll();
      return count;
    } finally {
      lock.unlock();
    }
  }

  private boolean await(BooleanSupplier condition, Duration time) {
    try {
      long left = time.toNanos();
      while (!condition.getAsBoolean() && left > 0) {
        left = changed.awaitNanos(left);
      }
      return condition.getAsBoolean();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      abandoned = true;
      return true;
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
