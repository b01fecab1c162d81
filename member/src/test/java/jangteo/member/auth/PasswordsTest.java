package jangteo.member.auth;

import static org.assertj.core.api.Assertions.assertThat;

import jangteo.member.domain.Password;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PasswordsTest {

  /** Requests run on virtual threads, of which no more compute at a time than there are cores. */
  @Test
  @Tag("ASVS-15.2.2")
  void whileHashesAreComputedOtherRequestsGoOn() throws Exception {
    int hashes = 4 * Runtime.getRuntime().availableProcessors();
    Passwords passwords =
        new Passwords(new SecureRandom(), Argon2id.Cost.OWASP, hashes, Duration.ofMinutes(1));
    AtomicInteger done = new AtomicInteger();
    try (var requests = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < hashes; i++) {
        requests.execute(
            () -> {
              assertThat(passwords.hash(Password.typed("correct horse"))).isNotEmpty();
              done.incrementAndGet();
            });
      }
      assertThat(requests.submit(done::get).get()).isZero();
    }
    assertThat(done).hasValue(hashes);
  }
}
