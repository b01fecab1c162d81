package jangteo.local.servers;

import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.service.auth.v3.AuthorizationGrpc;
import io.envoyproxy.envoy.service.auth.v3.CheckRequest;
import io.envoyproxy.envoy.service.auth.v3.CheckResponse;
import io.envoyproxy.envoy.service.auth.v3.DeniedHttpResponse;
import io.envoyproxy.envoy.service.auth.v3.OkHttpResponse;
import io.envoyproxy.envoy.type.v3.HttpStatus;
import io.envoyproxy.envoy.type.v3.StatusCode;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands for member's side of ext_authz: refuses the tokens it was told to, with a problem. */
final class BlockedTokens extends AuthorizationGrpc.AuthorizationImplBase implements AutoCloseable {
  private final Set<String> blocked = ConcurrentHashMap.newKeySet();
  private final AtomicInteger asked = new AtomicInteger();
  private final Server server;

  BlockedTokens(int port) throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .addService(this)
            .build()
            .start();
  }

  void block(String token) {
    blocked.add("Bearer " + token);
  }

  int port() {
    return server.getPort();
  }

  int asked() {
    return asked.get();
  }

  @Override
  public void check(CheckRequest request, StreamObserver<CheckResponse> answer) {
    asked.incrementAndGet();
    String token =
        request.getAttributes().getRequest().getHttp().getHeadersOrDefault("authorization", "");
    answer.onNext(blocked.contains(token) ? refusal() : pass());
    answer.onCompleted();
  }

  private static CheckResponse pass() {
    return CheckResponse.newBuilder()
        .setStatus(com.google.rpc.Status.getDefaultInstance())
        .setOkResponse(OkHttpResponse.getDefaultInstance())
        .build();
  }

  private static CheckResponse refusal() {
    return CheckResponse.newBuilder()
        .setStatus(com.google.rpc.Status.newBuilder().setCode(16))
        .setDeniedResponse(
            DeniedHttpResponse.newBuilder()
                .setStatus(HttpStatus.newBuilder().setCode(StatusCode.Unauthorized))
                .addHeaders(header("Content-Type", "application/problem+json"))
                .addHeaders(header("WWW-Authenticate", "Bearer"))
                .setBody("{\"status\": 401, \"detail\": \"This token was logged out.\"}"))
        .build();
  }

  private static HeaderValueOption header(String name, String value) {
    return HeaderValueOption.newBuilder()
        .setHeader(HeaderValue.newBuilder().setKey(name).setValue(value))
        .build();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
