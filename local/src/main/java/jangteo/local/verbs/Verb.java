package jangteo.local.verbs;

import jangteo.local.StateFolder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What all verbs share: the checkout, the state folder and the screen. */
abstract class Verb implements Callable<Integer> {
  private final Path checkout;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description = "The shop's folder for data and logs (default: .jangteo in the checkout).")
  private @Nullable Path folder;

  Verb(Path checkout) {
    this.checkout = checkout;
  }

  final Path checkout() {
    return checkout;
  }

  final StateFolder state() {
    return new StateFolder(folder == null ? checkout.resolve(".jangteo") : folder);
  }

  /** The option to repeat when this verb's folder is not the default one, else nothing. */
  final String stateOption() {
    return folder == null ? "" : " --state " + folder;
  }

  final PrintWriter out() {
    if (spec == null) {
      throw new IllegalStateException("not called by the command line");
    }
    return spec.commandLine().getOut();
  }
}
