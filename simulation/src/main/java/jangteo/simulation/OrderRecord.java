package jangteo.simulation;

import jangteo.order.domain.Order;
import jangteo.order.saga.Effect;
import java.util.Optional;

/**
 * What the saga announces, to everybody.
 *
 * @param order as it is after the change; empty in the refusal of a command on an unknown order
 * @param answer to a command, if it is one
 */
record OrderRecord(Optional<Order> order, Optional<Effect.Answer> answer) {
  @Override
  public String toString() {
    String state =
        order
            .map(
                o ->
                    "%s v%d %s goods %s, money %s"
                        .formatted(o.status(), o.version(), o.reason(), o.goods(), o.payment()))
            .orElse("unknown");
    return state
        + answer
            .map(a -> ", " + a.commandId() + a.refusal().map(r -> " " + r).orElse(" done"))
            .orElse("");
  }
}
