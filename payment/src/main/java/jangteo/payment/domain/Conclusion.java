package jangteo.payment.domain;

import java.util.Optional;

/**
 * What a step came to; committed in one transaction with the answer to the saga.
 *
 * @param state where the payment stands now
 * @param outcome what the saga hears
 * @param reason why not, such as INSUFFICIENT_FUNDS; else empty
 * @param entry the money that moved
 */
public record Conclusion(
    PaymentState state, Outcome outcome, String reason, Optional<JournalEntry> entry) {

  /** What moved; empty when nothing did. */
  public Optional<Money> amount() {
    return entry.map(JournalEntry::moved);
  }

  /** Whether the saga hears of it: not of an admin's refund that was refused. */
  public boolean concernsOrder(Step step) {
    return step != Step.REFUNDING_PART || outcome == Outcome.REFUNDED;
  }

  static Conclusion of(PaymentState state, Outcome outcome) {
    return new Conclusion(state, outcome, "", Optional.empty());
  }

  static Conclusion of(PaymentState state, Outcome outcome, String reason) {
    return new Conclusion(state, outcome, reason, Optional.empty());
  }

  static Conclusion of(PaymentState state, Outcome outcome, JournalEntry entry) {
    return new Conclusion(state, outcome, "", Optional.of(entry));
  }
}
