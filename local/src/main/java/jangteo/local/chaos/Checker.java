package jangteo.local.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Holds the evidence against what must always be (design, section 7). Pure: the same evidence has
 * the same violations.
 */
final class Checker {
  private Checker() {}

  /** Everything that must not be and is; empty when the shop was right. */
  static List<Violation> check(Evidence evidence) {
    List<Violation> found = new ArrayList<>();
    Stream.of(
            new OrderRules(evidence).violations(),
            new DecisionRules(evidence).violations(),
            new MoneyRules(evidence).violations(),
            new StockRules(evidence).violations(),
            new PriceRules(evidence).violations(),
            new FulfilmentRules(evidence).violations(),
            new AnswerRules(evidence).violations(),
            audit(evidence))
        .forEach(found::addAll);
    return found;
  }

  private static List<Violation> audit(Evidence evidence) {
    List<Violation> found = new ArrayList<>();
    evidence
        .after()
        .audit()
        .broken()
        .forEach(
            (name, ids) ->
                found.add(new Violation("the audit finds nothing", name, "names " + ids)));
    return found;
  }
}
