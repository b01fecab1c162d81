package jangteo.member.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.google.rpc.Code;
import com.google.rpc.Status;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.service.auth.v3.AttributeContext;
import io.envoyproxy.envoy.service.auth.v3.AuthorizationGrpc;
import io.envoyproxy.envoy.service.auth.v3.CheckRequest;
import io.envoyproxy.envoy.service.auth.v3.CheckResponse;
import io.envoyproxy.envoy.service.auth.v3.DeniedHttpResponse;
import io.envoyproxy.envoy.service.auth.v3.OkHttpResponse;
import io.envoyproxy.envoy.type.v3.HttpStatus;
import io.envoyproxy.envoy.type.v3.StatusCode;
import io.grpc.stub.StreamObserver;
import jangteo.chassis.telemetry.Traces;
import jangteo.chassis.web.Json;
import jangteo.chassis.web.Problem;
import jangteo.chassis.web.ProblemException;
import jangteo.member.auth.BlockCheck;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Envoy's external authorization (ext_authz): whether the token of a request still works. Nothing
 * here waits for the database.
 *
 * <p>A request without a token passes: whether it needs one is the service's to say. While this
 * instance cannot tell, because it has just started, it gives no answer, and the gateway does as it
 * does without member: each service checks tokens itself (docs/adr/0038).
 */
public final class GatewayCheck extends AuthorizationGrpc.AuthorizationImplBase {

  private static final CheckResponse PASS =
      CheckResponse.newBuilder()
          .setStatus(Status.newBuilder().setCode(Code.OK_VALUE))
          .setOkResponse(OkHttpResponse.getDefaultInstance())
          .build();

  private static final int CANNOT_TELL = 503;

  private final BlockCheck check;

  /** Answers by that check. */
  public GatewayCheck(BlockCheck check) {
    this.check = check;
  }

  @Override
  public void check(CheckRequest request, StreamObserver<CheckResponse> answer) {
    answer.onNext(answer(request.getAttributes().getRequest().getHttp()));
    answer.onCompleted();
  }

  private CheckResponse answer(AttributeContext.HttpRequest request) {
    String authorization = request.getHeadersOrDefault("authorization", "");
    if (authorization.isEmpty()) {
      return PASS;
    }
    try {
      check.requireUsable(authorization);
      return PASS;
    } catch (ProblemException refused) {
      if (refused.problem().status() == CANNOT_TELL) {
        throw refused; // UNAVAILABLE
      }
      return denied(refused.problem(), request.getPath());
    }
  }

  private static CheckResponse denied(Problem problem, String pathAndQuery) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", problem.type());
    body.put("title", problem.title());
    body.put("status", problem.status());
    body.put("detail", problem.detail());
    body.put("instance", pathAndQuery.split("\\?", 2)[0]);
    body.put("traceId", Traces.traceId());
    DeniedHttpResponse.Builder denied =
        DeniedHttpResponse.newBuilder()
            .setStatus(HttpStatus.newBuilder().setCode(StatusCode.forNumber(problem.status())))
            .addHeaders(header("Content-Type", Problem.MEDIA_TYPE))
            .setBody(json(body));
    problem.headers().forEach((name, value) -> denied.addHeaders(header(name, value)));
    return CheckResponse.newBuilder()
        .setStatus(Status.newBuilder().setCode(Code.UNAUTHENTICATED_VALUE))
        .setDeniedResponse(denied)
        .build();
  }

  private static HeaderValueOption header(String name, String value) {
    return HeaderValueOption.newBuilder()
        .setHeader(HeaderValue.newBuilder().setKey(name).setValue(value))
        .build();
  }

  private static String json(Map<String, Object> body) {
    try {
      return Json.mapper().writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a problem is always writable", e);
    }
  }
}
