package jangteo.chassis.grpc;

import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;

/** Streams as futures. */
final class Observed {

  private Observed() {}

  /** The future gets the first message, or the error. */
  static <T> StreamObserver<T> first(CompletableFuture<T> future) {
    return new StreamObserver<>() {
      @Override
      public void onNext(T value) {
        future.complete(value);
      }

      @Override
      public void onError(Throwable t) {
        future.completeExceptionally(t);
      }

      @Override
      public void onCompleted() {
        future.completeExceptionally(new IllegalStateException("ended without a message"));
      }
    };
  }
}
