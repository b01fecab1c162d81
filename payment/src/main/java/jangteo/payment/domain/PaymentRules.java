package jangteo.payment.domain;

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
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The rules of payment's part in an order (design, section 7), as functions without side effects:
 * how a step is carried out from where the payment stands, and what follows from the answer.
 */
public final class PaymentRules {

  /** By how much the clocks of two services may differ. */
  static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(2);

  /** So often an authorisation is asked for, although its order is over, before it is voided. */
  static final int ASKED_AGAIN = 2;

  private static final String NOT_AUTHORIZED = "NOT_AUTHORIZED";
  private static final String NOT_CAPTURED = "NOT_CAPTURED";
  private static final String INSUFFICIENT_FUNDS = "INSUFFICIENT_FUNDS";

  private PaymentRules() {}

  /**
   * How to carry out a step.
   *
   * @param attempts how often it was begun before; the provider may know of each
   * @param orderOver whether a step that ends the order is waiting behind it
   */
  public static Plan plan(
      Payment payment, Task task, int attempts, boolean orderOver, Instant now) {
    return switch (task.step()) {
      case AUTHORIZING -> planAuthorizing(payment, attempts, orderOver, now);
      case CAPTURING -> planCapturing(payment);
      case VOIDING, REFUNDING -> planEnding(payment, task);
      case REFUNDING_PART ->
          payment.state() instanceof Captured captured
              ? GivingBack.plan(payment, captured, task)
              : new Plan.Conclude(Conclusion.of(payment.state(), Outcome.REJECTED, NOT_CAPTURED));
      case DEPOSITING ->
          payment.state() instanceof Requested
              ? new Plan.Ask(
                  new ProviderCall.Charge(payment.key(task), payment.amount(), payment.token()))
              : asItIs(payment, Outcome.ACCEPTED);
    };
  }

  /**
   * What follows from the provider's answer; empty when the call has to be repeated.
   *
   * @param attempts how often it has been tried, this time included
   */
  public static Optional<Conclusion> answered(
      Payment payment, Task task, ProviderAnswer answer, int attempts, boolean orderOver) {
    return switch (answer) {
      case ProviderAnswer.Done done -> Optional.of(done(payment, task, done.reference()));
      case ProviderAnswer.Declined declined -> declined(payment, task.step(), declined.reason());
      case ProviderAnswer.Unknown _ ->
          task.step() == Step.AUTHORIZING && orderOver && attempts >= ASKED_AGAIN
              ? Optional.of(Conclusion.of(new Unresolved(), Outcome.EXPIRED))
              : Optional.empty();
    };
  }

  /**
   * What follows from a move in the wallet.
   *
   * @param covered whether the balance allowed it
   */
  public static Conclusion moved(Payment payment, Task task, WalletMove move, boolean covered) {
    Account wallet = Account.wallet(payment.memberId());
    Account held = Account.held(payment.memberId());
    return switch (move) {
      case HOLD ->
          covered
              ? Conclusion.of(
                  new Authorized(""),
                  Outcome.ACCEPTED,
                  JournalEntry.of(payment, Kind.HOLD, held, wallet))
              : Conclusion.of(
                  new Rejected(INSUFFICIENT_FUNDS), Outcome.REJECTED, INSUFFICIENT_FUNDS);
      case CAPTURE ->
          Conclusion.of(
              new Captured("", 0),
              Outcome.CAPTURED,
              JournalEntry.of(payment, Kind.CAPTURE, Account.SALES, held));
      case RELEASE ->
          Conclusion.of(
              new Voided(), Outcome.VOIDED, JournalEntry.of(payment, Kind.RELEASE, wallet, held));
      case REFUND -> GivingBack.done(payment, captured(payment), task, "", wallet);
    };
  }

  /** Whether an order reaches us too late to be worth any work. */
  public static boolean tooLate(Instant deadline, Instant now) {
    return now.isAfter(deadline.plus(CLOCK_TOLERANCE));
  }

  private static Plan planAuthorizing(
      Payment payment, int attempts, boolean orderOver, Instant now) {
    if (!(payment.state() instanceof Requested)) {
      return asItIs(payment, Outcome.EXPIRED);
    }
    boolean untouched = attempts == 0 || payment.method() == Method.WALLET;
    if (untouched && (orderOver || tooLate(payment.deadline(), now))) {
      return new Plan.Conclude(Conclusion.of(new Expired(), Outcome.EXPIRED));
    }
    return switch (payment.method()) {
      case WALLET -> new Plan.Move(WalletMove.HOLD, payment.amount());
      case CARD -> new Plan.Ask(authorization(payment));
    };
  }

  private static Plan planCapturing(Payment payment) {
    return switch (payment.state()) {
      case Authorized(String reference) ->
          switch (payment.method()) {
            case WALLET -> new Plan.Move(WalletMove.CAPTURE, payment.amount());
            case CARD ->
                new Plan.Ask(
                    new ProviderCall.Capture(
                        payment.key(Step.CAPTURING), reference, payment.amount()));
          };
      case Captured _ -> asItIs(payment, Outcome.CAPTURED);
      case Requested _,
          Rejected _,
          Expired _,
          Unresolved _,
          CaptureFailed _,
          Voided _,
          Refunded _ ->
          new Plan.Conclude(Conclusion.of(payment.state(), Outcome.CAPTURE_FAILED, NOT_AUTHORIZED));
    };
  }

  /** Whatever was held or taken goes back; before any of it, what comes later finds it ended. */
  private static Plan planEnding(Payment payment, Task task) {
    return switch (payment.state()) {
      case Requested _ -> new Plan.Conclude(Conclusion.of(new Voided(), Outcome.VOIDED));
      case Rejected _, Expired _, Voided _ -> asItIs(payment, Outcome.VOIDED);
      case Refunded _ -> asItIs(payment, Outcome.REFUNDED);
      case Authorized(String reference) -> planVoiding(payment, task, Optional.of(reference));
      case CaptureFailed(String reference, String _) ->
          planVoiding(payment, task, Optional.of(reference));
      case Unresolved _ -> planVoiding(payment, task, Optional.empty());
      case Captured captured -> GivingBack.plan(payment, captured, task);
    };
  }

  private static Plan planVoiding(Payment payment, Task task, Optional<String> reference) {
    return switch (payment.method()) {
      case WALLET -> new Plan.Move(WalletMove.RELEASE, payment.amount());
      case CARD ->
          new Plan.Ask(
              new ProviderCall.VoidAuthorization(
                  payment.key(task), reference, authorization(payment)));
    };
  }

  private static ProviderCall.Authorize authorization(Payment payment) {
    return new ProviderCall.Authorize(
        payment.key(Step.AUTHORIZING), payment.amount(), payment.token());
  }

  private static Conclusion done(Payment payment, Task task, String reference) {
    return switch (task.step()) {
      case AUTHORIZING -> Conclusion.of(new Authorized(reference), Outcome.ACCEPTED);
      case CAPTURING ->
          Conclusion.of(
              new Captured(reference, 0),
              Outcome.CAPTURED,
              JournalEntry.of(payment, Kind.CAPTURE, Account.SALES, Account.CARDS));
      case VOIDING, REFUNDING ->
          payment.state() instanceof Captured captured
              ? GivingBack.done(payment, captured, task, reference, Account.CARDS)
              : Conclusion.of(new Voided(), Outcome.VOIDED);
      case REFUNDING_PART ->
          GivingBack.done(payment, captured(payment), task, reference, Account.CARDS);
      case DEPOSITING ->
          Conclusion.of(
              new Captured(reference, 0),
              Outcome.ACCEPTED,
              JournalEntry.of(
                  payment, Kind.DEPOSIT, Account.wallet(payment.memberId()), Account.CARDS));
    };
  }

  /**
   * What the end of an order gives back cannot be declined for good: it is asked for until it is
   * done. What an admin gives back can.
   */
  private static Optional<Conclusion> declined(Payment payment, Step step, String reason) {
    return switch (step) {
      case AUTHORIZING, DEPOSITING ->
          Optional.of(Conclusion.of(new Rejected(reason), Outcome.REJECTED, reason));
      case CAPTURING ->
          Optional.of(
              Conclusion.of(
                  new CaptureFailed(reference(payment), reason), Outcome.CAPTURE_FAILED, reason));
      case REFUNDING_PART -> Optional.of(Conclusion.of(payment.state(), Outcome.REJECTED, reason));
      case VOIDING, REFUNDING -> Optional.empty();
    };
  }

  private static Captured captured(Payment payment) {
    if (payment.state() instanceof Captured captured) {
      return captured;
    }
    throw new IllegalStateException("nothing was taken that could go back: " + payment);
  }

  private static String reference(Payment payment) {
    return payment.state() instanceof Authorized(String reference) ? reference : "";
  }

  private static Plan asItIs(Payment payment, Outcome outcome) {
    return new Plan.Conclude(Conclusion.of(payment.state(), outcome));
  }
}
