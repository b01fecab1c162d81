package jangteo.chassis.grpc;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers what a handler throws, or hands to {@code onError}, with the status it means. Without it
 * grpc-java answers UNKNOWN to every exception, and Helidon nothing.
 */
final class RefusalInterceptor implements ServerInterceptor {
  private static final Logger LOG = LoggerFactory.getLogger(RefusalInterceptor.class);

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    RefusingCall<Q, A> refusing = new RefusingCall<>(call);
    try {
      return new RefusingListener<>(next.startCall(refusing, headers), refusing);
    } catch (RuntimeException e) {
      refusing.refuse(e);
      return new ServerCall.Listener<>() {};
    }
  }

  /** Translates at the one place every answer passes, and ends the call once only. */
  private static final class RefusingCall<Q, A> extends SimpleForwardingServerCall<Q, A> {
    private final AtomicBoolean closed = new AtomicBoolean();

    RefusingCall(ServerCall<Q, A> call) {
      super(call);
    }

    void refuse(Throwable thrown) {
      if (closed.get() || isCancelled()) {
        LOG.atDebug().setCause(thrown).log("A gRPC handler failed when nobody listened any more");
        return;
      }
      Failure failure = Failure.of(thrown, getMethodDescriptor().getFullMethodName());
      close(failure.status(), failure.trailers());
    }

    @Override
    public void close(Status status, Metadata trailers) {
      if (!closed.compareAndSet(false, true)) {
        return;
      }
      // Status.fromThrowable says UNKNOWN of every exception that carries no status.
      Throwable cause = status.getCause();
      if (status.getCode() == Status.Code.UNKNOWN && cause != null) {
        Failure failure = Failure.of(cause, getMethodDescriptor().getFullMethodName());
        super.close(failure.status(), failure.trailers());
      } else {
        super.close(status, trailers);
      }
    }
  }

  private static final class RefusingListener<Q> extends SimpleForwardingServerCallListener<Q> {
    private final RefusingCall<Q, ?> call;

    RefusingListener(ServerCall.Listener<Q> listener, RefusingCall<Q, ?> call) {
      super(listener);
      this.call = call;
    }

    @Override
    public void onMessage(Q message) {
      refusing(() -> super.onMessage(message));
    }

    @Override
    public void onHalfClose() {
      refusing(super::onHalfClose);
    }

    @Override
    public void onReady() {
      refusing(super::onReady);
    }

    private void refusing(Runnable step) {
      try {
        step.run();
      } catch (RuntimeException e) {
        call.refuse(e);
      }
    }
  }
}
