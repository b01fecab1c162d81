package jangteo.order.api;

import jangteo.order.audit.Finding;
import jangteo.order.audit.runner.AuditReport;
import java.time.Instant;
import java.util.List;

/** An audit as JSON. */
record AuditAnswer(Instant checkedAt, long tookMillis, boolean ok, List<Invariant> invariants) {

  /**
   * One invariant.
   *
   * @param violations the ids, each once
   * @param findings what is wrong with each
   */
  record Invariant(
      String name, boolean ok, long checked, List<String> violations, List<Found> findings) {}

  record Found(String id, String found) {}

  static AuditAnswer of(AuditReport report) {
    List<Invariant> invariants = report.verdicts().stream().map(AuditAnswer::invariant).toList();
    return new AuditAnswer(
        report.checkedAt(),
        report.took().toMillis(),
        invariants.stream().allMatch(Invariant::ok),
        invariants);
  }

  private static Invariant invariant(AuditReport.Verdict verdict) {
    return new Invariant(
        verdict.invariant().label(),
        verdict.violations().isEmpty(),
        verdict.checked(),
        verdict.violations().stream().map(Finding::id).distinct().toList(),
        verdict.violations().stream().map(v -> new Found(v.id(), v.found())).toList());
  }
}
