package jangteo.chassis.grpc;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Looks again for a peer that is away, at most once a second and only when somebody calls it.
 * gRPC's own back-off grows to two minutes, in which a peer that is long back would still be
 * refused.
 */
final class ReconnectInterceptor implements ClientInterceptor {
  private static final long PAUSE = Duration.ofSeconds(1).toNanos();

  private final ManagedChannel channel;
  private final AtomicLong lastLook = new AtomicLong(System.nanoTime() - PAUSE);

  ReconnectInterceptor(ManagedChannel channel) {
    this.channel = channel;
  }

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    if (channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE) {
      long now = System.nanoTime();
      long last = lastLook.get();
      if (now - last >= PAUSE && lastLook.compareAndSet(last, now)) {
        channel.resetConnectBackoff();
      }
    }
    return next.newCall(method, options);
  }
}
