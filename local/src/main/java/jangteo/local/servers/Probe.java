package jangteo.local.servers;

import java.io.IOException;
import java.net.URI;

/**
 * Asks one running part whether it can be used now. A probe answers within about two seconds,
 * leaves no connection open, and may be asked again and again.
 */
@FunctionalInterface
public interface Probe {

  /**
   * Whether the part can be used.
   *
   * @throws IOException when the part cannot be reached or answers nonsense: not ready either; the
   *     message says why
   */
  boolean ready() throws IOException;

  /** Ready when 127.0.0.1 accepts a connection on the port. */
  static Probe tcp(int port) {
    return NetworkProbes.tcp(port);
  }

  /** Ready when a GET answers with a status from 200 to 299. */
  static Probe http(URI uri) {
    return NetworkProbes.http(uri);
  }

  /** Ready when Redis has loaded its data: {@code PING} answers {@code +PONG}. */
  static Probe redis(int port) {
    return NetworkProbes.redis(port);
  }

  /** Ready when root may run a query over TCP: the grants are loaded and recovery is over. */
  static Probe mysql(int port) {
    return new MariaDbProbe(port);
  }

  /** Ready when a broker is registered and unfenced. */
  static Probe kafka(int port) {
    return new KafkaProbe(port);
  }

  /**
   * Ready when the server is the writable primary of its replica set. A server that has no replica
   * set yet is made the only member of {@code replicaSet}; one that was made on another port is
   * moved.
   */
  static Probe mongoPrimary(int port, String replicaSet) {
    return new MongoProbe(port, replicaSet);
  }
}
