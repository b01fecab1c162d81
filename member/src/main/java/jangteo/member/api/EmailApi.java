package jangteo.member.api;

import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import jangteo.chassis.web.Access;
import jangteo.chassis.web.Body;
import jangteo.chassis.web.Validation;
import jangteo.member.auth.ProvingEmail;
import jangteo.member.domain.Email;
import jangteo.member.domain.Password;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a member does by mail: verify its address, choose another password. */
public final class EmailApi implements HttpService {

  private static final String AUTH = "/api/v1/auth";
  private static final int LONGEST_TOKEN = 1000;

  private final ProvingEmail provingEmail;

  /** Wires it. */
  public EmailApi(ProvingEmail provingEmail) {
    this.provingEmail = provingEmail;
  }

  record Forgot(@Nullable String email) {}

  record Reset(@Nullable String token, @Nullable String password) {

    /** Hides both: what is printed ends in logs. */
    @Override
    public String toString() {
      return "Reset[hidden]";
    }
  }

  record Verify(@Nullable String token) {}

  @Override
  public void routing(HttpRules rules) {
    rules
        .post(AUTH + "/password/forgot", AuthCalls::withoutIdempotencyKey, this::forgot)
        .post(AUTH + "/password/reset", AuthCalls::withoutIdempotencyKey, this::reset)
        .post(AUTH + "/verify", AuthCalls::withoutIdempotencyKey, this::verify)
        .post(
            "/api/v1/members/me/verification",
            AuthCalls::withoutIdempotencyKey,
            Access.member(),
            this::askAgain);
  }

  private void forgot(ServerRequest request, ServerResponse response) {
    Forgot body = Body.read(request, Forgot.class);
    Validation validation = new Validation();
    Optional<Email> email = Credentials.email(validation, body.email());
    validation.done();
    provingEmail.forgot(email.orElseThrow(), AuthCalls.address(request));
    response.status(Status.ACCEPTED_202).send();
  }

  private void reset(ServerRequest request, ServerResponse response) {
    Reset body = Body.read(request, Reset.class);
    Validation validation = new Validation();
    String token = validation.text("token", body.token(), 1, LONGEST_TOKEN);
    Optional<Password> password = Credentials.chosen(validation, "password", body.password());
    validation.done();
    provingEmail.reset(token, password.orElseThrow());
    response.status(Status.NO_CONTENT_204).send();
  }

  private void verify(ServerRequest request, ServerResponse response) {
    Verify body = Body.read(request, Verify.class);
    Validation validation = new Validation();
    String token = validation.text("token", body.token(), 1, LONGEST_TOKEN);
    validation.done();
    provingEmail.verify(token);
    response.status(Status.NO_CONTENT_204).send();
  }

  private void askAgain(ServerRequest request, ServerResponse response) {
    provingEmail.askAgain(Access.caller(request).memberId(), AuthCalls.address(request));
    response.status(Status.ACCEPTED_202).send();
  }
}
