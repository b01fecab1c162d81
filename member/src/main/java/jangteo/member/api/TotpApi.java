package jangteo.member.api;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import jangteo.chassis.data.Database;
import jangteo.chassis.data.Transaction;
import jangteo.chassis.web.Access;
import jangteo.chassis.web.Body;
import jangteo.chassis.web.Validation;
import jangteo.member.auth.SecondFactor;
import jangteo.member.domain.Member;
import jangteo.member.store.Members;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A member's second factor: begun, confirmed, removed. */
public final class TotpApi implements HttpService {

  private static final String TOTP = "/api/v1/members/me/totp";
  private static final int LONGEST_CODE = 40;

  private final Database database;
  private final Members members;
  private final SecondFactor secondFactor;

  /** Wires it. */
  public TotpApi(Database database, Members members, SecondFactor secondFactor) {
    this.database = database;
    this.members = members;
    this.secondFactor = secondFactor;
  }

  record Code(@Nullable String code) {}

  record Enabled(boolean enabled) {}

  record Recovery(List<String> recoveryCodes) {}

  @Override
  public void routing(HttpRules rules) {
    rules
        .get(TOTP, Access.member(), this::enabled)
        .post(TOTP, AuthCalls::withoutIdempotencyKey, Access.member(), this::begin)
        .post(TOTP + "/confirm", AuthCalls::withoutIdempotencyKey, Access.member(), this::confirm)
        .post(TOTP + "/remove", AuthCalls::withoutIdempotencyKey, Access.member(), this::remove);
  }

  private void enabled(ServerRequest request, ServerResponse response) {
    long memberId = Access.caller(request).memberId();
    response.send(new Enabled(database.read(sql -> secondFactor.enabled(sql, memberId))));
  }

  private void begin(ServerRequest request, ServerResponse response) {
    SecondFactor.Setup setup =
        database.inTransaction(tx -> secondFactor.begin(tx, own(tx, request)));
    response
        .status(Status.CREATED_201)
        .header(HeaderNames.LOCATION, TOTP)
        .header(HeaderNames.CACHE_CONTROL, "no-store")
        .send(setup);
  }

  private void confirm(ServerRequest request, ServerResponse response) {
    String code = code(request);
    List<String> codes =
        database.inTransaction(tx -> secondFactor.confirm(tx, own(tx, request), code));
    response.header(HeaderNames.CACHE_CONTROL, "no-store").send(new Recovery(codes));
  }

  private void remove(ServerRequest request, ServerResponse response) {
    String code = code(request);
    database.transact(tx -> secondFactor.remove(tx, own(tx, request), code));
    response.status(Status.NO_CONTENT_204).send();
  }

  private Member own(Transaction tx, ServerRequest request) {
    return members.lock(tx, Access.caller(request).memberId()).orElseThrow(MembersApi::gone);
  }

  private static String code(ServerRequest request) {
    Code body = Body.read(request, Code.class);
    Validation validation = new Validation();
    String code = validation.text("code", body.code(), 1, LONGEST_CODE);
    validation.done();
    return code;
  }
}
