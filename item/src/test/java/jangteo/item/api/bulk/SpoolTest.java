package jangteo.item.api.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** An answer on its way to a slow client. */
class SpoolTest {

  @Test
  void whatIsWrittenIsReadHoweverOftenItGoesRound() throws Exception {
    byte[] sent = new byte[100_000];
    RandomGenerator.getDefault().nextBytes(sent);
    try (Spool spool = new Spool(1_000, Duration.ofSeconds(10))) {
      CompletableFuture<byte[]> received =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return readAll(spool);
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      for (int from = 0; from < sent.length; ) {
        int to = Math.min(sent.length, from + 1 + from % 3_000);
        spool.write(Arrays.copyOfRange(sent, from, to));
        from = to;
      }
      spool.end();

      assertThat(received.get()).isEqualTo(sent);
    }
  }

  private static byte[] readAll(Spool spool) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] piece = new byte[70];
    for (int count = spool.read(piece); count >= 0; count = spool.read(piece)) {
      all.write(piece, 0, count);
    }
    return all.toByteArray();
  }

  @Test
  void aClientThatReadsNothingIsGivenUp() {
    try (Spool spool = new Spool(1_000, Duration.ofMillis(50))) {
      spool.write(new byte[1_000]);
      assertThatThrownBy(() -> spool.write(new byte[1])).isInstanceOf(Spool.StalledException.class);
    }
  }

  @Test
  void aClientThatIsGoneIsNotWaitedFor() {
    try (Spool spool = new Spool(1_000, Duration.ofHours(1))) {
      spool.write(new byte[1_000]);
      spool.abandon();
      assertThatThrownBy(() -> spool.write(new byte[1])).isInstanceOf(Spool.StalledException.class);
    }
  }
}
