package jangteo.member.api;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import jangteo.chassis.data.Database;
import jangteo.chassis.data.Transaction;
import jangteo.chassis.web.Access;
import jangteo.chassis.web.Caller;
import jangteo.member.auth.EndingSessions;
import jangteo.member.domain.Member;
import jangteo.member.domain.SecurityEvent;
import jangteo.member.store.Addresses;
import jangteo.member.store.Members;
import jangteo.member.store.SecurityLog;
import java.time.Clock;
import java.util.List;

/** A member's own data, to take with it (GDPR, articles 15 and 20). */
public final class ExportApi implements HttpService {

  private static final int NEWEST_ENTRIES = 1_000;

  private final Database database;
  private final Members members;
  private final Addresses addresses;
  private final EndingSessions endingSessions;
  private final SecurityLog log;
  private final Clock clock;

  /** Wires it. */
  public ExportApi(
      Database database,
      Members members,
      Addresses addresses,
      EndingSessions endingSessions,
      SecurityLog log,
      Clock clock) {
    this.database = database;
    this.members = members;
    this.addresses = addresses;
    this.endingSessions = endingSessions;
    this.log = log;
    this.clock = clock;
  }

  @Override
  public void routing(HttpRules rules) {
    rules.get("/api/v1/members/me/export", Access.member(), this::export);
  }

  private void export(ServerRequest request, ServerResponse response) {
    Caller caller = Access.caller(request);
    List<SessionView> sessions = endingSessions.open(caller).stream().map(SessionView::of).toList();
    ExportView all = database.inTransaction(tx -> view(tx, caller.memberId(), sessions));
    response
        .header(HeaderNames.CACHE_CONTROL, "no-store")
        .header(HeaderNames.CONTENT_DISPOSITION, "attachment; filename=\"jangteo-member.json\"")
        .send(all);
  }

  private ExportView view(Transaction tx, long memberId, List<SessionView> sessions) {
    Member member = members.lock(tx, memberId).orElseThrow(MembersApi::gone);
    log.own(tx, SecurityEvent.EXPORTED, memberId);
    return new ExportView(
        clock.instant(),
        MemberView.of(member),
        addresses.of(tx, memberId).stream().map(AddressView::of).toList(),
        sessions,
        log.of(tx, memberId, NEWEST_ENTRIES).stream().map(ExportView.LogView::of).toList(),
        ExportView.ELSEWHERE);
  }
}
