package jangteo.local.mail;

import jangteo.local.Refusal;
import jangteo.local.servers.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import org.subethamail.smtp.server.SMTPServer;

/**
 * An SMTP server on loopback that takes every mail and delivers none: they are kept in a folder. It
 * is a few threads of this process, and not worth one of its own.
 */
public final class MailSink implements AutoCloseable {

  private static final int LARGEST = 1 << 20;

  private final SMTPServer server;

  private MailSink(SMTPServer server) {
    this.server = server;
  }

  /**
   * Listens.
   *
   * @param port 0 for a free one
   * @param folder where the mails are kept
   * @throws Refusal when the port is taken
   * @throws IOException when the folder cannot be made
   */
  public static MailSink start(int port, Path folder) throws IOException {
    if (port != 0 && !Ports.isFree(port)) {
      throw new Refusal(
          "Port %d, which the mail sink needs, is taken by another process; end that one, or use ./jangteo up --free-ports."
              .formatted(port));
    }
    MailFolder mails = MailFolder.open(folder);
    SMTPServer server =
        SMTPServer.port(port)
            .bindAddress(InetAddress.getLoopbackAddress())
            .serverThreadName("mail-sink")
            .executorService(Executors.newVirtualThreadPerTaskExecutor())
            .maxMessageSize(LARGEST)
            .messageHandler((_, _, _, mail) -> keep(mails, mail))
            .build();
    server.start();
    return new MailSink(server);
  }

  private static void keep(MailFolder mails, byte[] mail) {
    try {
      mails.keep(mail);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it listens. */
  public int port() {
    return server.getPortAllocated();
  }

  @Override
  public void close() {
    server.stop();
  }
}
