package jangteo.order.saga;

import jangteo.order.domain.OrderStatus;
import jangteo.order.saga.OrderState.Known;
import jangteo.order.saga.SagaWalk.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The transition table as the documentation shows it: a picture and a table, both walked. */
final class SagaPicture {
  private final List<Step> steps;

  SagaPicture(List<Step> steps) {
    this.steps = steps;
  }

  String markdown() {
    return """
        ```mermaid
        %s```

        What each event does in each state. **→** is the next state; *noted* is kept and told to nobody; *announced* goes out as a new version
        of the order; *said again* goes out as it is; a command is *done* (now or earlier) or refused by the name in capitals; an empty cell is
        silence. Where a cell names several, it depends on what else is known: goods, money, and how far the lines are.

        %s"""
        .formatted(diagram(), table());
  }

  private String diagram() {
    Map<String, SortedSet<String>> arrows = new LinkedHashMap<>();
    SortedSet<String> open = new TreeSet<>();
    for (Step step : steps) {
      String from = SagaWalk.name(step.before());
      String to = SagaWalk.name(step.after());
      if (!from.equals(to)) {
        open.add(from);
        String arrow = (from.equals("not placed") ? "[*]" : from) + " --> " + to;
        arrows.computeIfAbsent(arrow, _ -> new TreeSet<>()).add(label(step));
      }
    }
    StringBuilder text = new StringBuilder("stateDiagram-v2\n");
    arrows.forEach(
        (arrow, labels) ->
            text.append("    ")
                .append(arrow)
                .append(": ")
                .append(String.join("<br/>", labels))
                .append('\n'));
    Arrays.stream(OrderStatus.values())
        .map(Enum::name)
        .filter(status -> !open.contains(status))
        .forEach(status -> text.append("    ").append(status).append(" --> [*]\n"));
    return text.toString();
  }

  // The sellers of the example stand for any seller; a stranger moves nothing.
  private static String label(Step step) {
    String event = step.event().replace(" by the other seller", "");
    return SagaWalk.reason(step).map(reason -> event + " (" + reason + ")").orElse(event);
  }

  private String table() {
    List<String> states = new ArrayList<>(List.of("not placed"));
    Arrays.stream(OrderStatus.values()).map(Enum::name).forEach(states::add);
    StringBuilder text = new StringBuilder("| event | " + String.join(" | ", states) + " |\n");
    text.append("| --- ".repeat(states.size() + 1)).append("|\n");
    for (String event : SagaWalk.events().keySet()) {
      text.append("| ").append(event);
      for (String state : states) {
        text.append(" | ").append(cell(event, state));
      }
      text.append(" |\n");
    }
    return text.toString().replace("|  |", "| |").replace("|  |", "| |");
  }

  private String cell(String event, String state) {
    return steps.stream()
        .filter(step -> step.event().equals(event) && SagaWalk.name(step.before()).equals(state))
        .map(SagaPicture::outcome)
        .filter(outcome -> !outcome.isEmpty())
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static String outcome(Step step) {
    String before = SagaWalk.name(step.before());
    String after = SagaWalk.name(step.after());
    if (!before.equals(after)) {
      return "→ " + after;
    }
    if (step.transition().effects().isEmpty()) {
      return step.before() instanceof Known was
              && step.after() instanceof Known is
              && was.order().history().size() < is.order().history().size()
          ? "noted"
          : "";
    }
    return switch (step.transition().effects().getFirst()) {
      case Effect.Announce _ ->
          version(step.after()) > version(step.before()) ? "announced" : "said again";
      case Effect.Answer answer -> answer.refusal().map(Enum::name).orElse("done");
    };
  }

  private static long version(OrderState state) {
    return state instanceof Known known ? known.order().version() : 0;
  }
}
