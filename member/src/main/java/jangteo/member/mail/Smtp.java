package jangteo.member.mail;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends mails to an SMTP server, all of a batch over one connection. */
public final class Smtp implements MailPort {

  private static final Logger LOG = LoggerFactory.getLogger(Smtp.class);

  /**
   * The server and what it is told.
   *
   * @param username empty for none
   * @param startTls whether the connection must become encrypted before anything is said
   * @param from the sender's address
   * @param timeout for connecting, and for each answer
   */
  public record Server(
      String host,
      int port,
      String username,
      String password,
      boolean startTls,
      String from,
      Duration timeout) {

    /** Hides the password. */
    @Override
    public String toString() {
      return host + ":" + port;
    }
  }

  private final Server server;
  private final Clock clock;
  private final Session session;
  private boolean away;

  /** Connects when there is something to send. */
  public Smtp(Server server, Clock clock) {
    this.server = server;
    this.clock = clock;
    Properties settings = new Properties();
    String timeout = Long.toString(server.timeout().toMillis());
    settings.setProperty("mail.transport.protocol", "smtp");
    settings.setProperty("mail.smtp.host", server.host());
    settings.setProperty("mail.smtp.port", Integer.toString(server.port()));
    settings.setProperty("mail.smtp.connectiontimeout", timeout);
    settings.setProperty("mail.smtp.timeout", timeout);
    settings.setProperty("mail.smtp.writetimeout", timeout);
    settings.setProperty("mail.smtp.auth", Boolean.toString(!server.username().isEmpty()));
    settings.setProperty("mail.smtp.starttls.enable", Boolean.toString(server.startTls()));
    settings.setProperty("mail.smtp.starttls.required", Boolean.toString(server.startTls()));
    settings.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    settings.setProperty("mail.mime.allowutf8", "true");
    this.session = Session.getInstance(settings);
  }

  @Override
  public List<Outcome> send(List<Mail> mails) {
    List<Outcome> outcomes = new ArrayList<>();
    try (Transport transport = session.getTransport()) {
      if (server.username().isEmpty()) {
        transport.connect();
      } else {
        transport.connect(server.username(), server.password());
      }
      for (Mail mail : mails) {
        outcomes.add(send(transport, mail));
      }
      if (away) {
        LOG.info("The mail server is back");
        away = false;
      }
    } catch (MessagingException e) {
      // The server's words may have the address in them.
      if (!away) {
        LOG.warn("The mail server {} is away: {}", server, e.getClass().getSimpleName());
        away = true;
      }
    }
    List<Outcome> all = new ArrayList<>(outcomes);
    all.addAll(Collections.nCopies(mails.size() - outcomes.size(), Outcome.FAILED));
    return all;
  }

  private Outcome send(Transport transport, Mail mail) {
    try {
      Message message = message(mail);
      transport.sendMessage(message, message.getAllRecipients());
      return Outcome.SENT;
    } catch (SendFailedException e) {
      boolean never = e.getInvalidAddresses() != null && e.getInvalidAddresses().length > 0;
      LOG.warn("Mail {} was refused{}", mail.mailId(), never ? " for good" : "");
      return never ? Outcome.REFUSED : Outcome.FAILED;
    } catch (MessagingException e) {
      LOG.warn("Mail {} was not sent: {}", mail.mailId(), e.getClass().getSimpleName());
      return Outcome.FAILED;
    }
  }

  private Message message(Mail mail) throws MessagingException {
    MimeMessage message =
        new MimeMessage(session) {
          @Override
          protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", "<" + mail.mailId() + "@" + domain() + ">");
          }
        };
    message.setFrom(new InternetAddress(server.from()));
    message.setRecipient(Message.RecipientType.TO, new InternetAddress(mail.to().address()));
    message.setSubject(mail.subject(), "UTF-8");
    message.setText(mail.text(), "UTF-8");
    message.setHeader("Auto-Submitted", "auto-generated");
    message.setHeader(
        "Date",
        DateTimeFormatter.RFC_1123_DATE_TIME.format(clock.instant().atOffset(ZoneOffset.UTC)));
    message.saveChanges();
    return message;
  }

  private String domain() {
    return server.from().substring(server.from().indexOf('@') + 1).replace(">", "");
  }
}
