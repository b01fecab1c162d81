package jangteo.chassis.grpc;

/** A server that hosts gRPC services: the seam between {@link GrpcServer} and the two products. */
sealed interface GrpcHost permits NettyHost, HelidonHost {

  /** The port in use; the configured one, or the free one that was taken for 0. */
  int port();

  /** Takes no new call, lets calls in progress end within the grace period, then ends them. */
  void stop();
}
