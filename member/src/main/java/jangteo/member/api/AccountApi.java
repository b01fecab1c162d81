package jangteo.member.api;

import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import jangteo.chassis.data.Answer;
import jangteo.chassis.data.IdempotencyKeys;
import jangteo.chassis.data.Transaction;
import jangteo.chassis.web.Access;
import jangteo.chassis.web.Body;
import jangteo.chassis.web.EntityTag;
import jangteo.chassis.web.Validation;
import jangteo.member.auth.ChangingPassword;
import jangteo.member.auth.Erasing;
import jangteo.member.domain.Member;
import jangteo.member.domain.Password;
import jangteo.member.store.Members;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One's own account: another password, and the end of it. */
public final class AccountApi implements HttpService {

  private static final String ME = "/api/v1/members/me";

  private final Members members;
  private final ChangingPassword changingPassword;
  private final Erasing erasing;
  private final IdempotencyKeys keys;

  /** Wires it. */
  public AccountApi(
      Members members, ChangingPassword changingPassword, Erasing erasing, IdempotencyKeys keys) {
    this.members = members;
    this.changingPassword = changingPassword;
    this.erasing = erasing;
    this.keys = keys;
  }

  record NewPassword(@Nullable String currentPassword, @Nullable String newPassword) {}

  @Override
  public void routing(HttpRules rules) {
    rules
        .put(
            ME + "/password",
            AuthCalls::withoutIdempotencyKey,
            Access.member(),
            this::changePassword)
        .delete(ME, Access.member(), this::erase);
  }

  private void changePassword(ServerRequest request, ServerResponse response) {
    NewPassword body = Body.read(request, NewPassword.class);
    Validation validation = new Validation();
    Password present = Credentials.typed(validation, "currentPassword", body.currentPassword());
    Optional<Password> next = Credentials.chosen(validation, "newPassword", body.newPassword());
    validation.done();
    changingPassword.change(
        Access.caller(request), present, next.orElseThrow(), AuthCalls.address(request));
    response.status(Status.NO_CONTENT_204).send();
  }

  private void erase(ServerRequest request, ServerResponse response) {
    keys.answer(
        request,
        response,
        "",
        tx -> {
          erasing.erase(tx, own(tx, request));
          return Answer.noContent();
        });
  }

  private Member own(Transaction tx, ServerRequest request) {
    Member member =
        members.lock(tx, Access.caller(request).memberId()).orElseThrow(MembersApi::gone);
    EntityTag.ifMatch(request).ifPresent(tag -> tag.require(member.version()));
    return member;
  }
}
