package jangteo.member.api;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import jangteo.chassis.data.Answer;
import jangteo.chassis.data.Database;
import jangteo.chassis.data.IdempotencyKeys;
import jangteo.chassis.data.Transaction;
import jangteo.chassis.events.Outbox;
import jangteo.chassis.web.Access;
import jangteo.chassis.web.Body;
import jangteo.chassis.web.EntityTag;
import jangteo.chassis.web.MergePatch;
import jangteo.chassis.web.Problem;
import jangteo.chassis.web.ProblemException;
import jangteo.chassis.web.Validation;
import jangteo.member.auth.PasswordPolicy;
import jangteo.member.auth.SigningUp;
import jangteo.member.domain.Email;
import jangteo.member.domain.Member;
import jangteo.member.domain.Password;
import jangteo.member.domain.SecurityEvent;
import jangteo.member.events.MemberEvents;
import jangteo.member.store.Members;
import jangteo.member.store.SecurityLog;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Sign-up, one's own profile, one's own shop. */
public final class MembersApi implements HttpService {

  private static final String ME = "/api/v1/members/me";
  private static final String SELLER = "/api/v1/members/me/seller";

  private final Database database;
  private final Members members;
  private final PasswordPolicy policy;
  private final SigningUp signingUp;
  private final SecurityLog log;
  private final Outbox outbox;
  private final IdempotencyKeys keys;
  private final Clock clock;

  /** Wires it. */
  public MembersApi(
      Database database,
      Members members,
      PasswordPolicy policy,
      SigningUp signingUp,
      SecurityLog log,
      Outbox outbox,
      IdempotencyKeys keys,
      Clock clock) {
    this.database = database;
    this.members = members;
    this.policy = policy;
    this.signingUp = signingUp;
    this.log = log;
    this.outbox = outbox;
    this.keys = keys;
    this.clock = clock;
  }

  record SignUp(@Nullable String email, @Nullable String password, @Nullable String name) {}

  /** What a member can change of itself. */
  record Profile(@Nullable String name) {}

  record Shop(@Nullable String shopName) {}

  @Override
  public void routing(HttpRules rules) {
    rules
        .post("/api/v1/members", this::signUp)
        .get(ME, Access.member(), this::me)
        .patch(ME, Access.member(), this::change)
        .post(SELLER, Access.member(), this::openShop)
        .patch(SELLER, Access.member(), this::renameShop);
  }

  private void signUp(ServerRequest request, ServerResponse response) {
    SignUp body = Body.read(request, SignUp.class);
    Validation validation = new Validation();
    Optional<Email> email = Credentials.email(validation, body.email());
    Optional<Password> password = Credentials.chosen(validation, "password", body.password());
    String name = validation.text("name", body.name(), 1, Member.LONGEST_NAME);
    password
        .flatMap(chosen -> policy.objection(chosen, known(email, name)))
        .ifPresent(why -> validation.check("password", false, why));
    validation.done();
    Member member =
        signingUp.signUp(
            email.orElseThrow(), password.orElseThrow(), name, AuthCalls.address(request));
    response
        .status(Status.CREATED_201)
        .header(HeaderNames.LOCATION, ME)
        .header(HeaderNames.ETAG, EntityTag.of(member.version()).toString())
        .send(MemberView.of(member));
  }

  private static List<String> known(Optional<Email> email, String name) {
    return email.map(known -> List.of(known.address(), name)).orElse(List.of(name));
  }

  private void me(ServerRequest request, ServerResponse response) {
    long memberId = Access.caller(request).memberId();
    Member member = database.read(sql -> members.find(sql, memberId)).orElseThrow(MembersApi::gone);
    response
        .header(HeaderNames.ETAG, EntityTag.of(member.version()).toString())
        .send(MemberView.of(member));
  }

  private void change(ServerRequest request, ServerResponse response) {
    MergePatch patch = MergePatch.read(request);
    keys.answer(
        request, response, patch.json(), tx -> ok(changed(tx, request, m -> renamed(m, patch))));
  }

  private void openShop(ServerRequest request, ServerResponse response) {
    Shop body = Body.read(request, Shop.class);
    String shopName = shopName(body);
    keys.answer(
        request,
        response,
        body,
        tx -> {
          Member member = changed(tx, request, m -> opened(m, shopName));
          log.own(tx, SecurityEvent.SHOP_OPENED, member.memberId());
          return Answer.created(ME, MemberView.of(member))
              .withHeader("ETag", EntityTag.of(member.version()).toString());
        });
  }

  private void renameShop(ServerRequest request, ServerResponse response) {
    MergePatch patch = MergePatch.read(request);
    keys.answer(
        request,
        response,
        patch.json(),
        tx -> ok(changed(tx, request, m -> shopRenamed(m, patch))));
  }

  private Member renamed(Member member, MergePatch patch) {
    Profile wanted = patch.applyTo(new Profile(member.name()), Profile.class);
    Validation validation = new Validation();
    String name = validation.text("name", wanted.name(), 1, Member.LONGEST_NAME);
    validation.done();
    return member.rename(name, clock.instant());
  }

  private Member shopRenamed(Member member, MergePatch patch) {
    String present =
        member.shopName().orElseThrow(() -> Problem.notFound("You have no shop yet.").exception());
    Shop wanted = patch.applyTo(new Shop(present), Shop.class);
    return member.nameShop(shopName(wanted), clock.instant());
  }

  private Member opened(Member member, String shopName) {
    if (member.sells()) {
      throw Problem.conflict("You have a shop already; PATCH changes its name.").exception();
    }
    return member.nameShop(shopName, clock.instant());
  }

  /** Changes the caller's member and tells the others, unless nothing changed. */
  private Member changed(Transaction tx, ServerRequest request, UnaryOperator<Member> change) {
    Member before =
        members.lock(tx, Access.caller(request).memberId()).orElseThrow(MembersApi::gone);
    EntityTag.ifMatch(request).ifPresent(tag -> tag.require(before.version()));
    Member after = change.apply(before);
    if (after.version() != before.version()) {
      members.update(tx, after);
      outbox.add(tx, MemberEvents.changed(after));
    }
    return after;
  }

  private static String shopName(Shop body) {
    Validation validation = new Validation();
    String shopName = validation.text("shopName", body.shopName(), 1, Member.LONGEST_NAME);
    validation.done();
    return shopName;
  }

  private static Answer ok(Member member) {
    return Answer.ok(MemberView.of(member))
        .withHeader("ETag", EntityTag.of(member.version()).toString());
  }

  static ProblemException gone() {
    return Problem.unauthorized("The member does not exist any more.").exception();
  }
}
