package jangteo.chassis.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A TCP link to a real server that a test can cut and mend, to see what an outage does. */
public final class Link implements AutoCloseable {

  private final InetSocketAddress server;
  private final int port;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private ServerSocket entrance;

  private Link(InetSocketAddress server, boolean whole) throws IOException {
    this.server = server;
    this.entrance = listen(0);
    this.port = entrance.getLocalPort();
    if (!whole) {
      cut();
    }
  }

  /** A link to the server in the JDBC URL. */
  public static Link to(String jdbcUrl) throws IOException {
    URI uri = URI.create(jdbcUrl.substring("jdbc:".length()));
    return new Link(new InetSocketAddress(uri.getHost(), uri.getPort()), true);
  }

  /** The JDBC URL that goes through this link. */
  public String through(String jdbcUrl) {
    return jdbcUrl.replace(":" + server.getPort() + "/", ":" + port + "/");
  }

  /** Closes all connections and refuses new ones. */
  public synchronized void cut() throws IOException {
    entrance.close();
    for (Socket socket : open) {
      socket.close();
    }
    open.clear();
  }

  /** Lets connections through again. */
  public synchronized void mend() throws IOException {
    entrance = listen(port);
  }

  @Override
  public void close() throws IOException {
    cut();
  }

  private ServerSocket listen(int on) throws IOException {
    ServerSocket listening = new ServerSocket();
    listening.setReuseAddress(true);
    listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), on));
    Thread.ofVirtual().start(() -> accept(listening));
    return listening;
  }

  private void accept(ServerSocket listening) {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        Socket onward = new Socket(server.getAddress(), server.getPort());
        client.setTcpNoDelay(true);
        onward.setTcpNoDelay(true);
        open.add(client);
        open.add(onward);
        Thread.ofVirtual().start(() -> copy(client, onward));
        Thread.ofVirtual().start(() -> copy(onward, client));
      } catch (IOException e) {
        // The link was cut; the loop ends when it was cut here.
      }
    }
  }

  private static void copy(Socket from, Socket to) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[8192];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        out.write(buffer, 0, read);
        out.flush();
      }
    } catch (IOException e) {
      // One side is gone: so is the other, by closing.
      return;
    }
  }
}
