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
import jangteo.chassis.web.PathParameters;
import jangteo.chassis.web.Validation;
import jangteo.member.auth.Suspending;
import jangteo.member.domain.Email;
import jangteo.member.domain.Member;
import jangteo.member.store.Members;
import java.util.List;
import java.util.Optional;

/** What admins see of members and do to them. */
public final class AdminMembersApi implements HttpService {

  private static final String ALL = "/api/v1/admin/members";

  private final Database database;
  private final Members members;
  private final Suspending suspending;
  private final IdempotencyKeys keys;

  /** Wires it. */
  public AdminMembersApi(
      Database database, Members members, Suspending suspending, IdempotencyKeys keys) {
    this.database = database;
    this.members = members;
    this.suspending = suspending;
    this.keys = keys;
  }

  @Override
  public void routing(HttpRules rules) {
    rules
        .get(ALL, Access.role("ADMIN"), this::list)
        .post(ALL + "/{memberId}/suspend", Access.role("ADMIN"), this::suspend)
        .post(ALL + "/{memberId}/reinstate", Access.role("ADMIN"), this::reinstate);
  }

  private void list(ServerRequest request, ServerResponse response) {
    Validation validation = new Validation();
    Page page = Page.of(request, validation);
    Optional<Member.Status> status =
        request
            .query()
            .first("status")
            .asOptional()
            .flatMap(text -> validation.choice("status", text, Member.Status.class));
    Optional<Email> email =
        request
            .query()
            .first("email")
            .asOptional()
            .flatMap(text -> Credentials.email(validation, text));
    validation.done();
    long after = page.after().map(AdminMembersApi::key).orElse(0L);
    List<Member> found =
        database.read(sql -> members.page(sql, status, email, after, page.size() + 1));
    List<MemberView> items = found.stream().limit(page.size()).map(MemberView::of).toList();
    response.send(
        Page.answer(
            items,
            found.size() > page.size()
                ? Optional.of(items.getLast().memberId())
                : Optional.empty()));
  }

  private void suspend(ServerRequest request, ServerResponse response) {
    long memberId = PathParameters.id(request, "memberId");
    keys.answer(
        request, response, "", tx -> ok(suspending.suspend(tx, memberId, Access.caller(request))));
  }

  private void reinstate(ServerRequest request, ServerResponse response) {
    long memberId = PathParameters.id(request, "memberId");
    keys.answer(
        request,
        response,
        "",
        tx -> ok(suspending.reinstate(tx, memberId, Access.caller(request))));
  }

  private static Answer ok(Member member) {
    return Answer.ok(MemberView.of(member));
  }

  private static long key(String cursor) {
    try {
      return Long.parseLong(cursor);
    } catch (NumberFormatException e) {
      throw Page.wrongCursor();
    }
  }
}
