package jangteo.member;

import static org.assertj.core.api.Assertions.assertThat;

import jangteo.local.servers.ThrowawayServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import redis.clients.jedis.RedisClient;

/** A Redis that nobody else uses: it can be filled up. */
public final class OwnRedis implements AutoCloseable {

  private final ThrowawayServers servers;
  private final URI uri;
  private final RedisClient client;

  private OwnRedis(ThrowawayServers servers, int port) {
    this.servers = servers;
    this.uri = URI.create("redis://127.0.0.1:" + port + "/0");
    this.client = RedisClient.create(uri);
  }

  /** An empty one, which evicts nothing. */
  public static OwnRedis start() throws IOException, InterruptedException {
    ThrowawayServers servers = ThrowawayServers.open(System.err::println);
    return new OwnRedis(servers, servers.redis());
  }

  /** Where it is. */
  public URI uri() {
    return uri;
  }

  /** A client of it. */
  public RedisClient client() {
    return client;
  }

  /** There is room for nothing more: it refuses what would take memory, and still answers. */
  public void fillUp() {
    memory("1");
  }

  /** There is room again. */
  public void makeRoom() {
    memory("64mb");
  }

  private void memory(String atMost) {
    assertThat(client.configSet("maxmemory", atMost)).isEqualTo("OK");
  }

  @Override
  public void close() {
    client.close();
    try {
      servers.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
