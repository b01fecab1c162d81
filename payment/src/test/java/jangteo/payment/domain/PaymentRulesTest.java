package jangteo.payment.domain;

import static org.assertj.core.api.Assertions.assertThat;

import jangteo.payment.domain.JournalEntry.Kind;
import jangteo.payment.domain.PaymentState.Authorized;
import jangteo.payment.domain.PaymentState.CaptureFailed;
import jangteo.payment.domain.PaymentState.Captured;
import jangteo.payment.domain.PaymentState.Expired;
import jangteo.payment.domain.PaymentState.Refunded;
import jangteo.payment.domain.PaymentState.Rejected;
import jangteo.payment.domain.PaymentState.Requested;
import jangteo.payment.domain.PaymentState.Unresolved;
import jangteo.payment.domain.PaymentState.Voided;
import jangteo.payment.domain.ProviderAnswer.Declined;
import jangteo.payment.domain.ProviderAnswer.Done;
import jangteo.payment.domain.ProviderAnswer.Unknown;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Payment's part of the protocol, as a specification. */
class PaymentRulesTest {

  private static final Instant DEADLINE = Instant.parse("2026-11-22T09:00:05Z");
  private static final Instant IN_TIME = DEADLINE.minusSeconds(1);
  private static final Money TOTAL = new Money(12_900, "KRW");
  private static final Unknown TIMEOUT = new Unknown("timeout");

  @Nested
  class Authorising {

    @Test
    void aCardIsAskedForUnderTheKeyOfTheStep() {
      assertThat(plan(card(new Requested()), Step.AUTHORIZING))
          .isInstanceOfSatisfying(
              Plan.Ask.class, ask -> assertThat(ask.call().key()).endsWith(":AUTHORIZING"));
    }

    @Test
    void aWalletSetsTheAmountAside() {
      assertThat(plan(wallet(new Requested()), Step.AUTHORIZING))
          .isEqualTo(new Plan.Move(WalletMove.HOLD, TOTAL));
      Conclusion held = moved(wallet(new Requested()), Step.AUTHORIZING, WalletMove.HOLD, true);
      assertThat(held.outcome()).isEqualTo(Outcome.ACCEPTED);
      Conclusion poor = moved(wallet(new Requested()), Step.AUTHORIZING, WalletMove.HOLD, false);
      assertThat(poor.outcome()).isEqualTo(Outcome.REJECTED);
      assertThat(poor.reason()).isEqualTo("INSUFFICIENT_FUNDS");
      assertThat(poor.entry()).isEmpty();
    }

    @Test
    void anOrderTwoSecondsPastItsDeadlineIsNotTouched() {
      Payment payment = card(new Requested());
      Instant tolerated = DEADLINE.plusSeconds(2);
      assertThat(
              PaymentRules.plan(payment, Task.of(Step.AUTHORIZING, payment), 0, false, tolerated))
          .isInstanceOf(Plan.Ask.class);
      assertThat(
              PaymentRules.plan(
                  payment, Task.of(Step.AUTHORIZING, payment), 0, false, tolerated.plusNanos(1)))
          .isEqualTo(new Plan.Conclude(Conclusion.of(new Expired(), Outcome.EXPIRED)));
    }

    @Test
    void onceAskedForItIsAskedForUntilTheOutcomeIsKnown() {
      Payment payment = card(new Requested());
      assertThat(
              PaymentRules.plan(
                  payment, Task.of(Step.AUTHORIZING, payment), 1, true, DEADLINE.plusSeconds(60)))
          .isInstanceOf(Plan.Ask.class);
      assertThat(answered(payment, Step.AUTHORIZING, TIMEOUT, 7, false)).isEmpty();
    }

    @Test
    void theProvidersAnswerDecides() {
      Payment payment = card(new Requested());
      assertThat(answered(payment, Step.AUTHORIZING, new Done("ref"), 1, false))
          .contains(Conclusion.of(new Authorized("ref"), Outcome.ACCEPTED));
      assertThat(answered(payment, Step.AUTHORIZING, new Declined("PAYMENT_DECLINED"), 1, false))
          .contains(
              Conclusion.of(
                  new Rejected("PAYMENT_DECLINED"), Outcome.REJECTED, "PAYMENT_DECLINED"));
    }

    @Test
    void afterAVoidItDoesNothing() {
      assertThat(plan(card(new Voided()), Step.AUTHORIZING))
          .isEqualTo(new Plan.Conclude(Conclusion.of(new Voided(), Outcome.EXPIRED)));
    }

    @Test
    void withTheOrderOverItIsNotBegun() {
      assertThat(
              PaymentRules.plan(
                  card(new Requested()),
                  Task.of(Step.AUTHORIZING, card(new Requested())),
                  0,
                  true,
                  IN_TIME))
          .isEqualTo(new Plan.Conclude(Conclusion.of(new Expired(), Outcome.EXPIRED)));
    }

    @Test
    void withTheOrderOverAnUnknownOutcomeIsLeftToTheVoid() {
      Payment payment = card(new Requested());
      assertThat(answered(payment, Step.AUTHORIZING, TIMEOUT, 1, true)).isEmpty();
      assertThat(answered(payment, Step.AUTHORIZING, TIMEOUT, 2, true))
          .contains(Conclusion.of(new Unresolved(), Outcome.EXPIRED));
      assertThat(plan(card(new Unresolved()), Step.VOIDING))
          .isInstanceOfSatisfying(
              Plan.Ask.class,
              ask ->
                  assertThat(ask.call())
                      .isEqualTo(
                          new ProviderCall.VoidAuthorization(
                              payment.key(Step.VOIDING),
                              Optional.empty(),
                              new ProviderCall.Authorize(
                                  payment.key(Step.AUTHORIZING), TOTAL, "tok_ok"))));
    }
  }

  @Nested
  class Capturing {

    @Test
    void takesWhatIsHeld() {
      assertThat(plan(card(new Authorized("ref")), Step.CAPTURING))
          .isInstanceOfSatisfying(
              Plan.Ask.class,
              ask -> assertThat(ask.call()).isInstanceOf(ProviderCall.Capture.class));
      Conclusion taken =
          answered(card(new Authorized("ref")), Step.CAPTURING, new Done("c1"), 1, false)
              .orElseThrow();
      assertThat(taken.outcome()).isEqualTo(Outcome.CAPTURED);
      assertThat(taken.entry().map(JournalEntry::kind)).contains(Kind.CAPTURE);
    }

    @Test
    void thatFailsForGoodIsToldAndKeepsTheHoldForTheVoid() {
      assertThat(answered(card(new Authorized("r")), Step.CAPTURING, new Declined("NO"), 1, false))
          .contains(Conclusion.of(new CaptureFailed("r", "NO"), Outcome.CAPTURE_FAILED, "NO"));
      assertThat(plan(card(new CaptureFailed("r", "NO")), Step.VOIDING))
          .isInstanceOf(Plan.Ask.class);
    }

    @Test
    void thatIsUnknownIsRepeatedWhateverHappens() {
      assertThat(answered(card(new Authorized("r")), Step.CAPTURING, TIMEOUT, 99, true)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("jangteo.payment.domain.PaymentRulesTest#statesWithoutAHold")
    void ofWhatIsNotHeldFails(PaymentState state) {
      assertThat(plan(card(state), Step.CAPTURING))
          .isInstanceOfSatisfying(
              Plan.Conclude.class,
              plan -> assertThat(plan.conclusion().outcome()).isEqualTo(Outcome.CAPTURE_FAILED));
    }
  }

  @Nested
  class Ending {

    @Test
    void beforeAnythingWasAskedLeavesATombstone() {
      assertThat(plan(card(new Requested()), Step.VOIDING))
          .isEqualTo(new Plan.Conclude(Conclusion.of(new Voided(), Outcome.VOIDED)));
    }

    @Test
    void aHoldReleasesIt() {
      assertThat(plan(wallet(new Authorized("")), Step.VOIDING))
          .isEqualTo(new Plan.Move(WalletMove.RELEASE, TOTAL));
      assertThat(answered(card(new Authorized("r")), Step.VOIDING, new Done("v"), 1, false))
          .contains(Conclusion.of(new Voided(), Outcome.VOIDED));
    }

    @Test
    void whatWasTakenPaysItBack() {
      assertThat(plan(card(new Captured("c", 0)), Step.VOIDING))
          .isInstanceOfSatisfying(
              Plan.Ask.class,
              ask -> assertThat(ask.call()).isInstanceOf(ProviderCall.Refund.class));
      Conclusion refunded =
          answered(card(new Captured("c", 0)), Step.REFUNDING, new Done("r"), 1, false)
              .orElseThrow();
      assertThat(refunded.state()).isEqualTo(new Refunded("r"));
      assertThat(refunded.outcome()).isEqualTo(Outcome.REFUNDED);
      assertThat(plan(wallet(new Captured("", 0)), Step.REFUNDING))
          .isEqualTo(new Plan.Move(WalletMove.REFUND, TOTAL));
    }

    @Test
    void isRepeatedUntilItIsDone() {
      assertThat(answered(card(new Captured("c", 0)), Step.REFUNDING, new Declined("NO"), 5, false))
          .isEmpty();
    }

    @Test
    void twiceMovesNothing() {
      assertThat(plan(card(new Voided()), Step.REFUNDING))
          .isEqualTo(new Plan.Conclude(Conclusion.of(new Voided(), Outcome.VOIDED)));
      assertThat(plan(card(new Refunded("r")), Step.VOIDING))
          .isEqualTo(new Plan.Conclude(Conclusion.of(new Refunded("r"), Outcome.REFUNDED)));
    }

    @Test
    void aRejectedPaymentLeavesItRejected() {
      assertThat(plan(card(new Rejected("PAYMENT_DECLINED")), Step.VOIDING))
          .isEqualTo(
              new Plan.Conclude(Conclusion.of(new Rejected("PAYMENT_DECLINED"), Outcome.VOIDED)));
    }
  }

  static Stream<PaymentState> statesWithoutAHold() {
    return Stream.of(
        new Requested(),
        new Rejected("NO"),
        new Expired(),
        new Unresolved(),
        new Voided(),
        new Refunded("r"));
  }

  private static Plan plan(Payment payment, Step step) {
    return PaymentRules.plan(payment, Task.of(step, payment), 0, false, IN_TIME);
  }

  private static Optional<Conclusion> answered(
      Payment payment, Step step, ProviderAnswer answer, int attempts, boolean orderOver) {
    return PaymentRules.answered(payment, Task.of(step, payment), answer, attempts, orderOver);
  }

  private static Conclusion moved(Payment payment, Step step, WalletMove move, boolean covered) {
    return PaymentRules.moved(payment, Task.of(step, payment), move, covered);
  }

  private static Payment card(PaymentState state) {
    return payment(Method.CARD, state);
  }

  private static Payment wallet(PaymentState state) {
    return payment(Method.WALLET, state);
  }

  private static Payment payment(Method method, PaymentState state) {
    UUID order = UUID.fromString("0b0b7c3e-0000-4000-8000-000000000001");
    return new Payment(
        PaymentIds.ofOrder(order),
        Optional.of(order),
        7,
        method,
        TOTAL,
        method == Method.CARD ? "tok_ok" : "",
        DEADLINE,
        DEADLINE.minusSeconds(5),
        state);
  }
}
