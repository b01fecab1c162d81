package jangteo.local.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** TCP ports of 127.0.0.1. */
public final class Ports {
  private Ports() {}

  /** Whether a server could listen on the port now. */
  public static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true); // a port in TIME_WAIT is free for a server
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Distinct ports that were free a moment ago, and that neither an outgoing connection nor another
   * process that asks here takes before a server listens on them.
   *
   * @throws IllegalStateException when so many are not to be had
   */
  public static List<Integer> free(int count) {
    return Block.OF_THIS_PROCESS.free(count);
  }

  /**
   * A hundred ports for one process: it listens on the first, so that no other takes the block.
   * They lie below the range from which systems take the ports of outgoing connections, and above
   * those of shops.
   */
  private static final class Block {
    private static final int FROM = 26_000;
    private static final int SIZE = 100;
    private static final int BLOCKS = 60;

    static final Block OF_THIS_PROCESS = claim();

    private final ServerSocket guard;
    private int last;

    private Block(ServerSocket guard) {
      this.guard = guard;
    }

    private static Block claim() {
      int first = (int) (ProcessHandle.current().pid() % BLOCKS);
      return IntStream.range(0, BLOCKS)
          .mapToObj(i -> listen(FROM + (first + i) % BLOCKS * SIZE))
          .flatMap(Optional::stream)
          .findFirst()
          .map(Block::new)
          .orElseThrow(() -> new IllegalStateException("no free ports from " + FROM));
    }

    private static Optional<ServerSocket> listen(int port) {
      try {
        return Optional.of(new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
      } catch (IOException taken) {
        return Optional.empty();
      }
    }

    synchronized List<Integer> free(int count) {
      List<Integer> ports = new ArrayList<>();
      for (int tried = 1; ports.size() < count; tried++) {
        if (tried == SIZE) {
          throw new IllegalStateException(count + " free ports are not to be had");
        }
        last = last % (SIZE - 1) + 1;
        int port = guard.getLocalPort() + last;
        if (isFree(port)) {
          ports.add(port);
        }
      }
      return List.copyOf(ports);
    }
  }
}
