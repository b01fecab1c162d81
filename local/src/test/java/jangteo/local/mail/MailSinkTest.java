package jangteo.local.mail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jangteo.local.Refusal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailSinkTest {

  @TempDir Path folder;

  @Test
  void aMailIsKeptForWhoReadsTheFolder() throws Exception {
    try (MailSink sink = MailSink.start(0, folder)) {
      send(sink.port(), "minji@example.com", "확인 / Confirm", "코드: abc");
      send(sink.port(), "other@example.com", "another", "text");
    }
    List<MailFolder.Mail> all = MailFolder.newest(folder, 5, Optional.empty());
    assertThat(all)
        .extracting(MailFolder.Mail::to)
        .containsExactly("minji@example.com", "other@example.com");
    assertThat(MailFolder.newest(folder, 1, Optional.empty())).containsExactly(all.getLast());
    assertThat(MailFolder.newest(folder, 5, Optional.of("MINJI@example.com")))
        .extracting(MailFolder.Mail::subject, MailFolder.Mail::text)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("확인 / Confirm", "코드: abc"));
  }

  @Test
  void theOldestGoWhenThereAreMany() throws Exception {
    MailFolder mails = MailFolder.open(folder);
    for (int i = 1; i <= 1_003; i++) {
      mails.keep(("To: a@example.com\r\nSubject: " + i + "\r\n\r\n").getBytes(UTF_8));
    }
    MailFolder.open(folder).keep("To: a@example.com\r\nSubject: last\r\n\r\n".getBytes(UTF_8));
    List<MailFolder.Mail> kept = MailFolder.newest(folder, 2_000, Optional.empty());
    assertThat(kept).hasSize(1_000);
    assertThat(kept.getFirst().subject()).isEqualTo("5");
    assertThat(kept.getLast().subject()).isEqualTo("last");
  }

  @Test
  void aTakenPortIsRefusedInWords() throws Exception {
    try (MailSink sink = MailSink.start(0, folder)) {
      assertThatThrownBy(() -> MailSink.start(sink.port(), folder))
          .isInstanceOf(Refusal.class)
          .hasMessageContaining("Port " + sink.port());
    }
  }

  private static void send(int port, String to, String subject, String text) throws Exception {
    Properties settings = new Properties();
    settings.setProperty("mail.smtp.host", "127.0.0.1");
    settings.setProperty("mail.smtp.port", Integer.toString(port));
    MimeMessage message = new MimeMessage(Session.getInstance(settings));
    message.setFrom(new InternetAddress("shop@example.com"));
    message.setRecipient(Message.RecipientType.TO, new InternetAddress(to));
    message.setSubject(subject, "UTF-8");
    message.setText(text, "UTF-8");
    Transport.send(message);
  }
}
