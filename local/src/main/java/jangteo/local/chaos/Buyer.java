package jangteo.local.chaos;

import jangteo.local.chaos.Evidence.Deposits;
import jangteo.local.story.Cast;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/** A member who buys: the access token, renewed now and then, and what went into the wallet. */
final class Buyer {
  private final String name;
  private final Cast cast;
  private final AtomicLong deposited = new AtomicLong();
  private final AtomicLong perhaps = new AtomicLong();
  private volatile String token = "";

  Buyer(String name, Cast cast) {
    this.name = name;
    this.cast = cast;
  }

  String name() {
    return name;
  }

  /** Takes a new access token, which works for ten minutes. */
  String logIn() throws IOException, InterruptedException {
    String fresh = cast.logIn("buyer");
    token = fresh;
    return fresh;
  }

  String token() {
    return token;
  }

  /** So much is in the wallet for certain, in minor units. */
  void deposited(long amount) {
    deposited.addAndGet(amount);
  }

  /** So much may be in the wallet: the answer never came. */
  void perhapsDeposited(long amount) {
    perhaps.addAndGet(amount);
  }

  Deposits deposits() {
    return new Deposits(deposited.get(), perhaps.get());
  }
}
