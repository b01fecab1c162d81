package jangteo.payment.domain;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One movement of money between accounts. Its lines sum to 0, so that the whole ledger does.
 *
 * @param paymentId the payment that it belongs to; each kind at most once per payment, but for the
 *     refunds by hand
 * @param orderId the order, if any
 * @param kind what happened
 * @param refundId the refund by hand; empty for everything else
 * @param lines at least two, in one currency
 */
public record JournalEntry(
    UUID paymentId, Optional<UUID> orderId, Kind kind, Optional<UUID> refundId, List<Line> lines) {

  /** What happened. */
  public enum Kind {
    /** Money came from a card into a wallet. */
    DEPOSIT,
    /** Set aside in a wallet. */
    HOLD,
    /** An order was paid. */
    CAPTURE,
    /** Set free in a wallet. */
    RELEASE,
    /** An order was paid back. */
    REFUND
  }

  /** So much into an account (debit, positive) or out of it (credit, negative). */
  public record Line(Account account, long amount, String currency) {}

  /** Refuses an entry that makes or loses money. */
  public JournalEntry {
    lines = List.copyOf(lines);
    if (lines.stream().mapToLong(Line::amount).reduce(0, Math::addExact) != 0) {
      throw new IllegalArgumentException("the lines of an entry sum to 0: " + lines);
    }
    if (lines.stream().map(Line::currency).distinct().count() != 1) {
      throw new IllegalArgumentException("an entry has one currency: " + lines);
    }
  }

  /** How much moved. */
  public Money moved() {
    return new Money(
        lines.stream().mapToLong(Line::amount).filter(amount -> amount > 0).sum(),
        lines.getFirst().currency());
  }

  /** The money of a payment from one account to another. */
  static JournalEntry of(Payment payment, Kind kind, Account from, Account to) {
    return of(payment, kind, from, to, payment.amount(), Optional.empty());
  }

  /** Some money of a payment from one account to another. */
  static JournalEntry of(
      Payment payment, Kind kind, Account from, Account to, Money money, Optional<UUID> refundId) {
    return new JournalEntry(
        payment.paymentId(),
        payment.orderId(),
        kind,
        refundId,
        List.of(
            new Line(to, money.amount(), money.currency()),
            new Line(from, -money.amount(), money.currency())));
  }
}
