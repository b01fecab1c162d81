package jangteo.order.saga;

import java.util.Optional;

/** What the world is to hear after a transition; each is one record on {@code orders}. */
public sealed interface Effect {

  /** The order as it now is goes out: it changed, or somebody seems to have missed it. */
  record Announce() implements Effect {}

  /** The same, and it answers a command: carried out, or refused. */
  record Answer(String commandId, Optional<Refusal> refusal) implements Effect {}
}
