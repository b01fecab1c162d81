package jangteo.local.verbs;

import jangteo.local.mail.MailFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what the shop would have sent. */
@Command(name = "mail", description = "The newest mails of the shop; they go nowhere but here.")
final class MailVerb extends Verb {

  @Parameters(paramLabel = "ADDRESS", arity = "0..1", description = "Only mails to this address.")
  private @Nullable String address;

  @Option(names = "-n", paramLabel = "MAILS", description = "How many (default: ${DEFAULT-VALUE}).")
  private int mails = 5;

  MailVerb(Path checkout) {
    super(checkout);
  }

  @Override
  public Integer call() throws Exception {
    List<MailFolder.Mail> found =
        MailFolder.newest(state().data("mail"), mails, Optional.ofNullable(address));
    if (found.isEmpty()) {
      out().println("There is no mail" + (address == null ? "." : " to " + address + "."));
    }
    for (MailFolder.Mail mail : found) {
      out().println(mail.arrivedAt() + "  to " + mail.to() + "  " + mail.subject());
      out().println();
      out().println(mail.text().indent(4));
    }
    return 0;
  }
}
