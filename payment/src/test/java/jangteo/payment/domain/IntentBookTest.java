package jangteo.payment.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What is written down of a batch of orders, and what is answered at once. */
class IntentBookTest {
  private static final Instant DEADLINE = Instant.parse("2026-11-22T09:00:05Z");
  private static final Instant IN_TIME = DEADLINE.minusSeconds(5);
  private static final Instant TOO_LATE = DEADLINE.plusMillis(2_001);

  private final AtomicLong ids = new AtomicLong();
  private final Payment payment = payment();

  @Test
  void anOrderIsWrittenDownOnceHoweverOftenItComes() {
    IntentBook book = new IntentBook(Set.of(), List.of(), ids::incrementAndGet, IN_TIME);

    assertThat(take(book, Step.AUTHORIZING)).isEmpty();
    assertThat(take(book, Step.AUTHORIZING)).isEmpty();
    assertThat(take(book, Step.VOIDING)).isEmpty();

    assertThat(book.newPayments()).containsExactly(payment);
    assertThat(book.newIntents())
        .extracting(Intent::step)
        .containsExactly(Step.AUTHORIZING, Step.VOIDING);
  }

  @Test
  void whatIsDoneIsAnsweredAgainAndNotWrittenAgain() {
    Intent done =
        Intent.open(1, payment.paymentId(), Task.of(Step.AUTHORIZING, payment), Optional.empty())
            .done(Outcome.ACCEPTED, "");
    IntentBook book =
        new IntentBook(Set.of(payment.paymentId()), List.of(done), ids::incrementAndGet, TOO_LATE);

    assertThat(take(book, Step.AUTHORIZING)).contains(done);
    assertThat(take(book, Step.AUTHORIZING)).isEmpty();
    assertThat(book.newPayments()).isEmpty();
    assertThat(book.newIntents()).isEmpty();
  }

  @Test
  void anOrderPastItsDeadlineIsAnsweredAtOnce() {
    IntentBook book = new IntentBook(Set.of(), List.of(), ids::incrementAndGet, TOO_LATE);

    assertThat(take(book, Step.AUTHORIZING).flatMap(Intent::outcome)).contains(Outcome.EXPIRED);

    assertThat(book.newPayments()).containsExactly(payment.in(new PaymentState.Expired()));
    assertThat(book.newIntents()).allMatch(intent -> intent.outcome().isPresent());
  }

  @Test
  void theEndOfAnOrderThatWasNeverHeardOfIsWorkForTheWorkersHoweverLate() {
    IntentBook book = new IntentBook(Set.of(), List.of(), ids::incrementAndGet, TOO_LATE);

    assertThat(take(book, Step.VOIDING)).isEmpty();
    assertThat(take(book, Step.AUTHORIZING)).isEmpty();

    assertThat(book.newPayments()).containsExactly(payment);
    assertThat(book.newIntents()).hasSize(2).allMatch(intent -> intent.outcome().isEmpty());
  }

  private Optional<Intent> take(IntentBook book, Step step) {
    return book.take(payment, step, Optional.empty());
  }

  private static Payment payment() {
    UUID order = UUID.fromString("0b0b7c3e-0000-4000-8000-000000000001");
    return new Payment(
        PaymentIds.ofOrder(order),
        Optional.of(order),
        7,
        Method.CARD,
        new Money(12_900, "KRW"),
        "tok_ok",
        DEADLINE,
        IN_TIME,
        new PaymentState.Requested());
  }
}
