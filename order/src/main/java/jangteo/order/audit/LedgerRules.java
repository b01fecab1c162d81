package jangteo.order.audit;

import static jangteo.order.audit.Invariant.MONEY_ADDS_UP;

import jangteo.order.audit.Facts.Ledger;
import jangteo.order.audit.Facts.Mismatch;
import jangteo.order.audit.Facts.Unbalanced;
import jangteo.order.domain.Money;
import java.util.ArrayList;
import java.util.List;

/** The invariants, held against the ledger and the wallets. */
public final class LedgerRules {

  private LedgerRules() {}

  /** What contradicts an invariant. */
  public static List<Finding> judge(Ledger ledger) {
    List<Finding> findings = new ArrayList<>();
    for (Money sum : ledger.sums()) {
      if (sum.amount() != 0) {
        findings.add(
            found("ledger:" + sum.currency(), "its lines sum to %+d".formatted(sum.amount())));
      }
    }
    for (Unbalanced entry : ledger.unbalanced()) {
      findings.add(
          found(
              entry.orderId().orElse(entry.paymentId()),
              "an entry's lines sum to %+d".formatted(entry.sum())));
    }
    for (Mismatch wallet : ledger.mismatches()) {
      findings.add(
          found(
              "wallet:" + wallet.memberId() + ":" + wallet.currency(),
              "against the ledger its balance is %+d off, what it holds %+d"
                  .formatted(wallet.balanceOff(), wallet.heldOff())));
    }
    return findings;
  }

  private static Finding found(String id, String what) {
    return new Finding(new Finding.OfLedger(), MONEY_ADDS_UP, id, what);
  }
}
