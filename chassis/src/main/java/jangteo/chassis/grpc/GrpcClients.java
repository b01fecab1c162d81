package jangteo.chassis.grpc;

import io.grpc.Channel;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.helidon.config.Config;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.instrumentation.grpc.v1_6.GrpcTelemetry;
import jangteo.chassis.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The channels to other services: one per name, made without the peer being there, closed when the
 * service stops.
 *
 * <p>Each call carries the trace and a deadline, the configured one when the caller sets none. A
 * peer that is away is UNAVAILABLE at once; one that comes back is found within about a second,
 * however long it was away. Plaintext: within a cluster the mesh adds mTLS.
 */
public final class GrpcClients implements Part {
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final Config clients;
  private final ClientInterceptor spans;
  private final ExecutorService callbacks = Executors.newVirtualThreadPerTaskExecutor();
  private final List<ManagedChannel> channels = new ArrayList<>();

  private GrpcClients(Config clients, OpenTelemetry telemetry) {
    this.clients = clients;
    this.spans = GrpcTelemetry.create(telemetry).createClientInterceptor();
  }

  /**
   * No channel yet.
   *
   * @param clients the section {@code clients} of the configuration: per name {@code target} (host
   *     and port, or a gRPC name such as {@code dns:///search:7083}), {@code deadline} (PT2S),
   *     {@code load-balancing} (round_robin or pick_first), {@code max-message-bytes}
   */
  public static GrpcClients create(Config clients, OpenTelemetry telemetry) {
    return new GrpcClients(clients, telemetry);
  }

  /**
   * A channel by the name it has in the configuration. It connects with the first call.
   *
   * @throws IllegalArgumentException when the configuration has no {@code target} for the name
   */
  public synchronized Channel to(String name) {
    GrpcClientConfig config = GrpcClientConfig.create(name, clients.get(name));
    ManagedChannel channel =
        NettyChannelBuilder.forTarget(config.target())
            .usePlaintext()
            .executor(callbacks)
            .defaultLoadBalancingPolicy(config.loadBalancing())
            .withOption(ChannelOption.TCP_NODELAY, true)
            .keepAliveTime(KEEP_ALIVE.toMillis(), TimeUnit.MILLISECONDS)
            .keepAliveWithoutCalls(true)
            .maxInboundMessageSize(config.maxMessageBytes())
            .build();
    channels.add(channel);
    return ClientInterceptors.interceptForward(
        channel,
        spans,
        CallMeters.made(),
        new DeadlineInterceptor(config.deadline()),
        new ReconnectInterceptor(channel));
  }

  @Override
  public String name() {
    return "grpc-clients";
  }

  /** Calls in progress may end for 2 s, their usual deadline. */
  @Override
  public synchronized void stop() {
    channels.forEach(ManagedChannel::shutdown);
    long end = System.nanoTime() + GRACE.toNanos();
    try {
      for (ManagedChannel channel : channels) {
        if (!channel.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          channel.shutdownNow();
        }
      }
    } catch (InterruptedException e) {
      channels.forEach(ManagedChannel::shutdownNow);
      Thread.currentThread().interrupt();
    }
    channels.clear();
    callbacks.shutdown();
  }
}
