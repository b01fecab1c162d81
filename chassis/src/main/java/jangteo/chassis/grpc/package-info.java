/**
 * gRPC in and out. A service is written once as a {@link io.grpc.BindableService}; {@link
 * jangteo.chassis.grpc.GrpcServer} hosts it on grpc-java's Netty server or on Helidon's, by
 * configuration, and {@link jangteo.chassis.grpc.GrpcClients} holds the channels to other services.
 * Both sides carry the trace; every outgoing call has a deadline.
 *
 * <p>Why Netty is the default: docs/adr/0003-grpc-java-netty-server-by-default.md.
 */
package jangteo.chassis.grpc;
