package jangteo.local.verbs;

import jangteo.local.Refusal;
import jangteo.local.shop.Admin;
import jangteo.local.story.ReadModels;
import jangteo.local.supervisor.ControlClient;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Makes a read model anew from the topics. */
@Command(
    name = "rebuild",
    description = {
      "Makes the read model of products anew from the topics, beside the live one, and switches; the shop",
      "goes on meanwhile. Fails when the old one stays."
    })
final class Rebuild extends Verb {
  private static final int FAILED = 3;

  @Parameters(paramLabel = "MODEL", description = "Which one: search.")
  private String model = "";

  Rebuild(Path checkout) {
    super(checkout);
  }

  @Override
  public Integer call() throws Exception {
    if (!model.equals("search")) {
      throw new Refusal("There is no read model called %s; there is: search.".formatted(model));
    }
    String gateway = ControlClient.running(state()).gateway();
    return new ReadModels(gateway, Admin.from(System.getenv()), out()).rebuild() ? 0 : FAILED;
  }
}
