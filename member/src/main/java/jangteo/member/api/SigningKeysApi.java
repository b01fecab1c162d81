package jangteo.member.api;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import jangteo.chassis.data.Answer;
import jangteo.chassis.data.Database;
import jangteo.chassis.data.IdempotencyKeys;
import jangteo.chassis.web.Access;
import jangteo.chassis.web.Page;
import jangteo.member.auth.RotatingKeys;
import java.util.Optional;

/** The keys that sign tokens, as admins see and rotate them; what is secret of them stays here. */
public final class SigningKeysApi implements HttpService {

  private static final String KEYS = "/api/v1/admin/signing-keys";

  private final Database database;
  private final RotatingKeys rotating;
  private final IdempotencyKeys keys;

  /** Wires it. */
  public SigningKeysApi(Database database, RotatingKeys rotating, IdempotencyKeys keys) {
    this.database = database;
    this.rotating = rotating;
    this.keys = keys;
  }

  @Override
  public void routing(HttpRules rules) {
    rules
        .get(KEYS, Access.role("ADMIN"), this::list)
        .post(KEYS, Access.role("ADMIN"), this::rotate);
  }

  private void list(ServerRequest request, ServerResponse response) {
    response.send(Page.answer(database.read(rotating::all), Optional.empty()));
  }

  private void rotate(ServerRequest request, ServerResponse response) {
    RotatingKeys.Prepared prepared = rotating.prepare();
    keys.answer(
        request,
        response,
        "",
        tx -> Answer.created(KEYS, rotating.rotate(tx, prepared, Access.caller(request))));
  }
}
