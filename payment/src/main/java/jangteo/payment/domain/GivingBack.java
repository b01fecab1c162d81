package jangteo.payment.domain;

import jangteo.payment.domain.JournalEntry.Kind;
import jangteo.payment.domain.PaymentState.Captured;
import jangteo.payment.domain.PaymentState.Refunded;
import java.util.Collection;
import java.util.Optional;

/**
 * How money that was taken goes back: parts of it by hand while the order goes on, and what is then
 * left of it when the order is over.
 */
public final class GivingBack {

  private GivingBack() {}

  /**
   * Why a refund by hand is not made; empty when it may be.
   *
   * @param others the payment's refunds so far, also those under way: what they promise is gone
   * @param orderOver whether all that is left is going back anyway
   */
  public static Optional<RefundRefusal> refusal(
      Payment payment, Refund wanted, Collection<Refund> others, boolean orderOver) {
    boolean taken = payment.state() instanceof Captured || payment.state() instanceof Refunded;
    if (!taken) {
      return Optional.of(RefundRefusal.NOT_CAPTURED);
    }
    if (!payment.amount().currency().equals(wanted.amount().currency())) {
      return Optional.of(RefundRefusal.OTHER_CURRENCY);
    }
    boolean nothingLeft = orderOver || payment.state() instanceof Refunded;
    long promised =
        others.stream().filter(Refund::counts).mapToLong(refund -> refund.amount().amount()).sum();
    long left = nothingLeft ? 0 : payment.amount().amount() - promised;
    return wanted.amount().amount() > left ? Optional.of(RefundRefusal.TOO_MUCH) : Optional.empty();
  }

  static Plan plan(Payment payment, Captured captured, Task task) {
    Money amount = amount(payment, captured, task);
    return switch (payment.method()) {
      case WALLET -> new Plan.Move(WalletMove.REFUND, amount);
      case CARD ->
          new Plan.Ask(new ProviderCall.Refund(payment.key(task), captured.reference(), amount));
    };
  }

  /**
   * A refund by hand leaves the payment captured, until nothing is left of it.
   *
   * @param owner the account that gets the money
   */
  static Conclusion done(
      Payment payment, Captured captured, Task task, String reference, Account owner) {
    Money amount = amount(payment, captured, task);
    long refunded = captured.refunded() + amount.amount();
    PaymentState after =
        refunded < payment.amount().amount()
            ? new Captured(captured.reference(), refunded)
            : new Refunded(reference);
    return Conclusion.of(
        after,
        Outcome.REFUNDED,
        JournalEntry.of(payment, Kind.REFUND, owner, Account.SALES, amount, task.refundId()));
  }

  private static Money amount(Payment payment, Captured captured, Task task) {
    return task.refundId().isPresent()
        ? task.amount()
        : new Money(payment.amount().amount() - captured.refunded(), payment.amount().currency());
  }
}
