package jangteo.order.audit.runner;

import jangteo.order.audit.Finding;
import jangteo.order.audit.Invariant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What an audit came to.
 *
 * @param checkedAt when it began
 * @param took how long it took
 * @param verdicts one per invariant, in their order
 */
public record AuditReport(Instant checkedAt, Duration took, List<Verdict> verdicts) {

  /**
   * What was found of one invariant.
   *
   * @param checked so many orders, listings, entries and wallets were held against it
   * @param violations what is certain
   */
  public record Verdict(Invariant invariant, long checked, List<Finding> violations) {}
}
