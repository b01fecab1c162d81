package jangteo.local.verbs;

import jangteo.local.Refusal;
import jangteo.local.StateFolder;
import jangteo.local.servers.Cache;
import jangteo.local.supervisor.ControlClient;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A verb that tries a new shop of its own, by a seed, and touches no other. */
abstract class OwnShopVerb extends Verb {
  private static final int SEEDS = 1_000_000;

  OwnShopVerb(Path checkout) {
    super(checkout);
  }

  /**
   * The folder of that shop.
   *
   * @param what what is done to it, for the reader
   * @throws Refusal when it is being done already
   */
  final StateFolder own(String name, String what) throws IOException {
    StateFolder own = new StateFolder(state().root().resolve(name));
    if (ControlClient.of(own).isPresent()) {
      throw new Refusal("Another " + what + " is going on in " + own.root() + ".");
    }
    return own;
  }

  /** Deletes what an earlier run has left: a new shop depends on nothing before. */
  static void forget(List<Path> folders) throws IOException {
    for (Path folder : folders) {
      Cache.delete(folder);
    }
  }

  static long seedOrAny(@Nullable Long seed) {
    return seed == null ? new SecureRandom().nextInt(SEEDS) : seed;
  }

  final void say(String line) {
    out().println(line);
    out().flush();
  }
}
