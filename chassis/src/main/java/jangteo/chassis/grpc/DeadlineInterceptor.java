package jangteo.chassis.grpc;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Gives a call that has no deadline the default one. gRPC itself takes the earlier of this and the
 * deadline of the incoming call that causes it.
 */
final class DeadlineInterceptor implements ClientInterceptor {
  private final Duration deadline;

  DeadlineInterceptor(Duration deadline) {
    this.deadline = deadline;
  }

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    CallOptions limited =
        options.getDeadline() == null
            ? options.withDeadlineAfter(deadline.toNanos(), TimeUnit.NANOSECONDS)
            : options;
    return next.newCall(method, limited);
  }
}
