package jangteo.local.chaos;

import jangteo.local.story.Cast;

/** A member who buys, and fills the wallet. */
final class Buyer extends Person {
  private final Tally deposits = new Tally();

  Buyer(String name, Cast cast) {
    super(name, cast, "buyer");
  }

  /** What went into the wallet, in minor units. */
  Tally deposits() {
    return deposits;
  }
}
