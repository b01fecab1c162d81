package jangteo.chassis.grpc;

import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * grpc-java's own server. Each call runs on a virtual thread, so handlers may block.
 *
 * <p>Clients may send keep-alive pings every 10 s, also without calls; {@link GrpcClients} sends
 * them every 30 s.
 */
final class NettyHost implements GrpcHost {
  private static final Duration PERMITTED_KEEP_ALIVE = Duration.ofSeconds(10);

  private final Server server;
  private final ExecutorService calls;
  private final Duration grace;

  private NettyHost(Server server, ExecutorService calls, Duration grace) {
    this.server = server;
    this.calls = calls;
    this.grace = grace;
  }

  static NettyHost start(GrpcServerConfig config, List<ServerServiceDefinition> services) {
    ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
    Server server =
        NettyServerBuilder.forAddress(new InetSocketAddress(config.host(), config.port()))
            .executor(calls)
            .withChildOption(ChannelOption.TCP_NODELAY, true)
            .permitKeepAliveTime(PERMITTED_KEEP_ALIVE.toMillis(), TimeUnit.MILLISECONDS)
            .permitKeepAliveWithoutCalls(true)
            .maxInboundMessageSize(config.maxMessageBytes())
            .addServices(services)
            .addService(ProtoReflectionServiceV1.newInstance())
            .build();
    try {
      server.start();
    } catch (IOException e) {
      calls.close();
      throw new UncheckedIOException(
          "gRPC cannot listen on " + config.host() + ":" + config.port(), e);
    }
    return new NettyHost(server, calls, config.grace());
  }

  @Override
  public int port() {
    return server.getPort();
  }

  @Override
  public void stop() {
    server.shutdown();
    try {
      if (!server.awaitTermination(grace.toMillis(), TimeUnit.MILLISECONDS)) {
        server.shutdownNow();
        calls.shutdownNow();
        server.awaitTermination(1, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
    }
    calls.shutdown();
  }
}
