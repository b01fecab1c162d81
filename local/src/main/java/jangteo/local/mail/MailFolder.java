package jangteo.local.mail;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The newest mails that arrived, each in a file of its own; older ones are deleted. */
public final class MailFolder {

  private static final int AT_MOST = 1_000;
  private static final String ENDING = ".eml";

  /** A mail as it is read. */
  public record Mail(Instant arrivedAt, String to, String subject, String text) {}

  private final Path folder;
  private final Deque<Path> kept;
  private long last;

  private MailFolder(Path folder, List<Path> kept) {
    this.folder = folder;
    this.kept = new ArrayDeque<>(kept);
    this.last = kept.isEmpty() ? 0 : number(kept.getLast());
  }

  /** The folder, made when it is not there. */
  public static MailFolder open(Path folder) throws IOException {
    Files.createDirectories(folder);
    return new MailFolder(folder, files(folder));
  }

  /** Keeps a mail; nobody sees half of it. */
  synchronized void keep(byte[] mail) throws IOException {
    last++;
    Path file = folder.resolve("%012d%s".formatted(last, ENDING));
    Path unfinished = Files.write(folder.resolve("arriving"), mail);
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    kept.add(file);
    while (kept.size() > AT_MOST) {
      Files.deleteIfExists(kept.remove());
    }
  }

  /**
   * The newest mails, the oldest of them first.
   *
   * @param to only those to this address, in whatever case
   */
  public static List<Mail> newest(Path folder, int atMost, Optional<String> to) throws IOException {
    Deque<Mail> found = new ArrayDeque<>();
    for (Path file : Files.isDirectory(folder) ? files(folder).reversed() : List.<Path>of()) {
      if (found.size() == atMost) {
        break;
      }
      read(file)
          .filter(mail -> to.isEmpty() || mail.to().equalsIgnoreCase(to.get()))
          .ifPresent(found::addFirst);
    }
    return new ArrayList<>(found);
  }

  /** Nothing when it has just been deleted. */
  private static Optional<Mail> read(Path file) throws IOException {
    try (InputStream content = Files.newInputStream(file)) {
      MimeMessage message = new MimeMessage(null, content);
      return Optional.of(
          new Mail(
              Files.getLastModifiedTime(file).toInstant(),
              recipient(message),
              text(message.getSubject()),
              text(message.getContent())));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (MessagingException e) {
      throw new IOException(file + " is no mail", e);
    }
  }

  private static String recipient(MimeMessage message) throws MessagingException {
    Address[] all = message.getAllRecipients();
    return all != null && all.length > 0 && all[0] instanceof InternetAddress address
        ? address.getAddress()
        : "";
  }

  private static String text(@Nullable Object content) {
    return content == null ? "" : content.toString().replace("\r\n", "\n").strip();
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(ENDING)).sorted().toList();
    }
  }

  private static long number(Path file) {
    String name = file.getFileName().toString();
    return Long.parseLong(name.substring(0, name.length() - ENDING.length()));
  }
}
