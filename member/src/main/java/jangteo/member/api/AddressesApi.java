package jangteo.member.api;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import jangteo.chassis.Ids;
import jangteo.chassis.data.Answer;
import jangteo.chassis.data.Database;
import jangteo.chassis.data.IdempotencyKeys;
import jangteo.chassis.data.Transaction;
import jangteo.chassis.web.Access;
import jangteo.chassis.web.Body;
import jangteo.chassis.web.EntityTag;
import jangteo.chassis.web.Page;
import jangteo.chassis.web.PathParameters;
import jangteo.chassis.web.Problem;
import jangteo.member.domain.Address;
import jangteo.member.domain.Address.Destination;
import jangteo.member.store.Addresses;
import jangteo.member.store.Members;
import java.time.Clock;
import java.util.Optional;

/** A member's own addresses. They leave this service for a seller who ships, and nowhere else. */
public final class AddressesApi implements HttpService {

  private static final String ALL = "/api/v1/members/me/addresses";
  private static final String ONE = ALL + "/{addressId}";

  private final Database database;
  private final Members members;
  private final Addresses addresses;
  private final IdempotencyKeys keys;
  private final Ids ids;
  private final Clock clock;

  /** Wires it. */
  public AddressesApi(
      Database database,
      Members members,
      Addresses addresses,
      IdempotencyKeys keys,
      Ids ids,
      Clock clock) {
    this.database = database;
    this.members = members;
    this.addresses = addresses;
    this.keys = keys;
    this.ids = ids;
    this.clock = clock;
  }

  @Override
  public void routing(HttpRules rules) {
    rules
        .get(ALL, Access.member(), this::list)
        .post(ALL, Access.member(), this::add)
        .put(ONE, Access.member(), this::replace)
        .delete(ONE, Access.member(), this::delete);
  }

  private void list(ServerRequest request, ServerResponse response) {
    long memberId = Access.caller(request).memberId();
    response.send(
        Page.answer(
            database.read(sql -> addresses.of(sql, memberId)).stream()
                .map(AddressView::of)
                .toList(),
            Optional.empty()));
  }

  private void add(ServerRequest request, ServerResponse response) {
    long memberId = Access.caller(request).memberId();
    AddressBody body = Body.read(request, AddressBody.class);
    Destination destination = body.validated();
    keys.answer(
        request,
        response,
        body,
        tx -> {
          // The lock keeps two requests from both being the last that fits.
          if (members.lock(tx, memberId).isEmpty()) {
            throw Problem.unauthorized("The member does not exist any more.").exception();
          }
          if (addresses.of(tx, memberId).size() >= Address.AT_MOST) {
            throw Problem.conflict(
                    "A member keeps at most %d addresses; delete one first."
                        .formatted(Address.AT_MOST))
                .exception();
          }
          Address address = Address.of(ids.next(), memberId, destination, clock.instant());
          addresses.add(tx, address);
          return tagged(
              Answer.created(ALL + "/" + address.addressId(), AddressView.of(address)), address);
        });
  }

  private void replace(ServerRequest request, ServerResponse response) {
    AddressBody body = Body.read(request, AddressBody.class);
    Destination destination = body.validated();
    keys.answer(
        request,
        response,
        body,
        tx -> {
          Address before = own(tx, request);
          Address after = before.moveTo(destination, clock.instant());
          if (after.version() != before.version()) {
            addresses.update(tx, after);
          }
          return tagged(Answer.ok(AddressView.of(after)), after);
        });
  }

  private void delete(ServerRequest request, ServerResponse response) {
    keys.answer(
        request,
        response,
        "",
        tx -> {
          addresses.delete(tx, own(tx, request));
          return Answer.noContent();
        });
  }

  private Address own(Transaction tx, ServerRequest request) {
    Address address =
        addresses
            .lock(tx, Access.caller(request).memberId(), PathParameters.id(request, "addressId"))
            .orElseThrow(() -> Problem.notFound("You have no such address.").exception());
    EntityTag.ifMatch(request).ifPresent(tag -> tag.require(address.version()));
    return address;
  }

  private static Answer tagged(Answer answer, Address address) {
    return answer.withHeader("ETag", EntityTag.of(address.version()).toString());
  }
}
