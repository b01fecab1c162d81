package jangteo.payment.domain;

import static org.assertj.core.api.Assertions.assertThat;

import jangteo.payment.domain.PaymentState.Authorized;
import jangteo.payment.domain.PaymentState.Captured;
import jangteo.payment.domain.PaymentState.Refunded;
import jangteo.payment.domain.PaymentState.Rejected;
import jangteo.payment.domain.PaymentState.Voided;
import jangteo.payment.domain.ProviderAnswer.Declined;
import jangteo.payment.domain.ProviderAnswer.Done;
import jangteo.payment.domain.ProviderAnswer.Unknown;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Refunds by hand, and what the end of the order then gives back. */
class GivingBackTest {

  private static final Instant NOW = Instant.parse("2026-11-22T09:00:00Z");
  private static final long TOTAL = 12_900;

  @Test
  void asMuchAsWasTakenMayGoBack() {
    Payment paid = payment(Method.CARD, new Captured("c", 0));
    assertThat(refusal(paid, TOTAL)).isEmpty();
    assertThat(refusal(paid, TOTAL + 1)).contains(RefundRefusal.TOO_MUCH);
  }

  @Test
  void whatIsPromisedIsGoneButNotWhatTheProviderRefused() {
    Payment paid = payment(Method.CARD, new Captured("c", 4_000));
    Refund done = refund(4_000, Optional.of(Outcome.REFUNDED));
    Refund underWay = refund(5_000, Optional.empty());
    Refund refused = refund(3_900, Optional.of(Outcome.REJECTED));
    assertThat(refusal(paid, 3_900, done, underWay, refused)).isEmpty();
    assertThat(refusal(paid, 3_901, done, underWay, refused)).contains(RefundRefusal.TOO_MUCH);
  }

  @Test
  void nothingIsLeftOfAnOrderThatIsOver() {
    Payment paid = payment(Method.CARD, new Captured("c", 0));
    Refund one = refund(1, Optional.empty());
    assertThat(GivingBack.refusal(paid, one, List.of(), true)).contains(RefundRefusal.TOO_MUCH);
    assertThat(refusal(payment(Method.CARD, new Refunded("r")), 1))
        .contains(RefundRefusal.TOO_MUCH);
  }

  @Test
  void whatWasNotTakenCannotGoBack() {
    for (PaymentState state :
        List.of(new Authorized("a"), new Voided(), new Rejected("PAYMENT_DECLINED"))) {
      assertThat(refusal(payment(Method.CARD, state), 1)).contains(RefundRefusal.NOT_CAPTURED);
    }
    Payment paid = payment(Method.CARD, new Captured("c", 0));
    Refund dollars = new Refund(id(), id(), new Money(1, "USD"), "", 1, NOW, Optional.empty());
    assertThat(GivingBack.refusal(paid, dollars, List.of(), false))
        .contains(RefundRefusal.OTHER_CURRENCY);
  }

  @Test
  void aPartLeavesThePaymentCapturedAndTheRestToTheEndOfTheOrder() {
    Payment paid = payment(Method.CARD, new Captured("c", 0));
    Refund part = refund(4_000, Optional.empty());
    Conclusion first = answered(paid, part.task(), new Done("r1")).orElseThrow();
    assertThat(first.state()).isEqualTo(new Captured("c", 4_000));
    assertThat(first.outcome()).isEqualTo(Outcome.REFUNDED);
    assertThat(first.amount()).contains(new Money(4_000, "KRW"));

    Payment after = paid.in(first.state());
    Task end = Task.of(Step.VOIDING, after);
    assertThat(PaymentRules.plan(after, end, 0, false, NOW))
        .isEqualTo(
            new Plan.Ask(new ProviderCall.Refund(after.key(end), "c", new Money(8_900, "KRW"))));
    Conclusion rest = answered(after, end, new Done("r2")).orElseThrow();
    assertThat(rest.state()).isEqualTo(new Refunded("r2"));
    assertThat(rest.amount()).contains(new Money(8_900, "KRW"));
  }

  @Test
  void theLastPartLeavesNothingToTheEndOfTheOrder() {
    Payment paid = payment(Method.WALLET, new Captured("", 4_000));
    Refund part = refund(8_900, Optional.empty());
    assertThat(PaymentRules.plan(paid, part.task(), 0, false, NOW))
        .isEqualTo(new Plan.Move(WalletMove.REFUND, part.amount()));
    Conclusion all = PaymentRules.moved(paid, part.task(), WalletMove.REFUND, true);
    assertThat(all.state()).isEqualTo(new Refunded(""));
    Payment after = paid.in(all.state());
    assertThat(PaymentRules.plan(after, Task.of(Step.VOIDING, after), 0, false, NOW))
        .isEqualTo(new Plan.Conclude(Conclusion.of(new Refunded(""), Outcome.REFUNDED)));
  }

  @Test
  void eachRefundHasAProviderKeyOfItsOwn() {
    Payment paid = payment(Method.CARD, new Captured("c", 0));
    Refund one = refund(1, Optional.empty());
    Refund two = refund(1, Optional.empty());
    assertThat(paid.key(one.task())).isNotEqualTo(paid.key(two.task()));
    assertThat(paid.key(one.task())).contains(one.refundId().toString());
  }

  @Test
  void theProviderMayRefuseARefundByHandButAnUnknownOutcomeIsRepeated() {
    Payment paid = payment(Method.CARD, new Captured("c", 0));
    Refund part = refund(1, Optional.empty());
    assertThat(answered(paid, part.task(), new Unknown("timeout"))).isEmpty();
    assertThat(answered(paid, part.task(), new Declined("NO")))
        .contains(Conclusion.of(paid.state(), Outcome.REJECTED, "NO"));
  }

  private static Optional<Conclusion> answered(Payment payment, Task task, ProviderAnswer answer) {
    return PaymentRules.answered(payment, task, answer, 1, false);
  }

  private static Optional<RefundRefusal> refusal(Payment payment, long amount, Refund... others) {
    return GivingBack.refusal(payment, refund(amount, Optional.empty()), List.of(others), false);
  }

  private static Refund refund(long amount, Optional<Outcome> outcome) {
    return new Refund(id(), id(), new Money(amount, "KRW"), "late", 1, NOW, outcome);
  }

  private static UUID id() {
    return UUID.randomUUID();
  }

  private static Payment payment(Method method, PaymentState state) {
    return new Payment(
        id(), Optional.of(id()), 7, method, new Money(TOTAL, "KRW"), "tok_ok", NOW, NOW, state);
  }
}
