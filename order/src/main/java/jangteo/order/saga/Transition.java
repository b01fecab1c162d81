package jangteo.order.saga;

import jangteo.order.saga.OrderState.Known;
import jangteo.order.saga.SagaEvent.Command;
import java.util.List;
import java.util.Optional;

/** The state after an event, and what the world is to hear of it. */
public record Transition(OrderState state, List<Effect> effects) {

  public Transition {
    effects = List.copyOf(effects);
  }

  /** Nobody needs to hear of it. */
  static Transition still(OrderState state) {
    return new Transition(state, List.of());
  }

  /** Everybody hears of the order as it now is. */
  static Transition announce(Known state) {
    return new Transition(state, List.of(new Effect.Announce()));
  }

  /** Everybody hears of it when its version has moved. */
  static Transition announceIfNew(Known before, Known after) {
    return before.order().version() == after.order().version() ? still(after) : announce(after);
  }

  /** The command is carried out, now or earlier. */
  static Transition done(Command command, Known state) {
    return new Transition(state, List.of(new Effect.Answer(command.commandId(), Optional.empty())));
  }

  /** The command is not carried out. */
  static Transition refuse(OrderState state, Command command, Refusal why) {
    return new Transition(state, List.of(new Effect.Answer(command.commandId(), Optional.of(why))));
  }
}
