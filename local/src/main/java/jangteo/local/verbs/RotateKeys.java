package jangteo.local.verbs;

import jangteo.local.shop.Admin;
import jangteo.local.story.KeyRotation;
import jangteo.local.supervisor.ControlClient;
import java.nio.file.Path;
import picocli.CommandLine.Command;

/** Changes the key that signs access tokens. */
@Command(
    name = "rotate-keys",
    description = {
      "Has tokens signed with a new key. It is published first, and the old one goes on verifying:",
      "nobody is logged out, and no request is refused for it."
    })
final class RotateKeys extends Verb {
  RotateKeys(Path checkout) {
    super(checkout);
  }

  @Override
  public Integer call() throws Exception {
    String gateway = ControlClient.running(state()).gateway();
    new KeyRotation(gateway, Admin.from(System.getenv()), out()).rotate();
    return 0;
  }
}
