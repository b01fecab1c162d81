package jangteo.payment.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import jangteo.chassis.data.Database;
import jangteo.chassis.data.Sql;
import jangteo.chassis.web.Access;
import jangteo.chassis.web.Body;
import jangteo.chassis.web.IdempotencyKey;
import jangteo.chassis.web.Money;
import jangteo.chassis.web.Page;
import jangteo.chassis.web.Problem;
import jangteo.chassis.web.Validation;
import jangteo.payment.domain.Account;
import jangteo.payment.domain.JournalEntry.Kind;
import jangteo.payment.domain.Payment;
import jangteo.payment.domain.PaymentState;
import jangteo.payment.store.Ledger;
import jangteo.payment.store.Ledger.Movement;
import jangteo.payment.store.Wallets;
import jangteo.payment.work.Depositing;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One's own wallet. */
public final class WalletApi implements HttpService {

  private static final String WALLET = "/api/v1/wallet";
  private static final long LARGEST_DEPOSIT = 1_000_000_000_000L;

  private final Database database;
  private final Wallets wallets;
  private final Ledger ledger;
  private final Depositing depositing;

  /** Wires it. */
  public WalletApi(Database database, Wallets wallets, Ledger ledger, Depositing depositing) {
    this.database = database;
    this.wallets = wallets;
    this.ledger = ledger;
    this.depositing = depositing;
  }

  record Deposit(@Nullable Money amount, @Nullable String token) {

    /** Hides the token: what is printed ends in logs. */
    @Override
    public String toString() {
      return "Deposit[" + amount + "]";
    }
  }

  record Entry(Instant at, Kind kind, Money amount, @Nullable String orderId) {}

  record Wallet(
      Money balance,
      List<Entry> entries,
      @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String nextCursor) {}

  record Deposited(String depositId, Money amount, Money balance, Instant createdAt) {}

  @Override
  public void routing(HttpRules rules) {
    rules
        .get(WALLET, Access.member(), this::wallet)
        .post(WALLET + "/deposits", Access.member(), this::deposit);
  }

  private void wallet(ServerRequest request, ServerResponse response) {
    long memberId = Access.caller(request).memberId();
    Page page = Page.of(request);
    String currency = currency(request);
    long before = page.after().map(WalletApi::entryId).orElse(Long.MAX_VALUE);
    Wallet wallet = database.inTransaction(tx -> wallet(tx, memberId, currency, before, page));
    response.send(wallet);
  }

  private Wallet wallet(Sql sql, long memberId, String currency, long before, Page page) {
    Account account = Account.wallet(memberId);
    List<Movement> found = ledger.movements(sql, account, currency, before, page.size() + 1);
    List<Movement> shown = found.subList(0, Math.min(found.size(), page.size()));
    return new Wallet(
        new Money(wallets.find(sql, memberId, currency).balance(), currency),
        shown.stream().map(movement -> entry(movement, currency)).toList(),
        found.size() > shown.size() ? Page.encode(Long.toString(shown.getLast().entryId())) : null);
  }

  private void deposit(ServerRequest request, ServerResponse response) {
    long memberId = Access.caller(request).memberId();
    String key = IdempotencyKey.required(request);
    Deposit body = Body.read(request, Deposit.class);
    Validation validation = new Validation();
    Money amount = validation.money("amount", body.amount(), 1, LARGEST_DEPOSIT);
    String token = validation.text("token", body.token(), 1, 255);
    validation.done();
    var wanted = new jangteo.payment.domain.Money(amount.amount(), amount.currency());
    Payment deposit = depositing.deposit(memberId, key, wanted, token);
    if (!deposit.amount().equals(wanted) || !deposit.token().equals(token)) {
      throw IdempotencyKey.reused();
    }
    switch (deposit.state()) {
      case PaymentState.Captured _ -> {
        long balance =
            database.read(
                sql ->
                    ledger.creditAfter(
                        sql, Account.wallet(memberId), amount.currency(), deposit.paymentId()));
        response
            .status(Status.CREATED_201)
            .header(HeaderNames.LOCATION, WALLET)
            .send(
                new Deposited(
                    deposit.paymentId().toString(),
                    amount,
                    new Money(balance, amount.currency()),
                    deposit.createdAt()));
      }
      case PaymentState.Rejected(String reason) ->
          throw Problem.invalid("token", "the card was refused: " + reason).exception();
      default ->
          throw Problem.unavailable(
                  "The card's provider has not answered yet; repeat with the same key.",
                  Duration.ofSeconds(2))
              .exception();
    }
  }

  private static Entry entry(Movement movement, String currency) {
    return new Entry(
        movement.at(),
        movement.kind(),
        new Money(-movement.amount(), currency),
        movement.orderId().map(Object::toString).orElse(null));
  }

  private static String currency(ServerRequest request) {
    String code = request.query().first("currency").orElse("KRW");
    if (Currency.getAvailableCurrencies().stream()
        .noneMatch(known -> known.getCurrencyCode().equals(code))) {
      throw Problem.invalid("currency", "must be a code of ISO 4217").exception();
    }
    return code;
  }

  private static long entryId(String cursor) {
    try {
      return Long.parseLong(cursor);
    } catch (NumberFormatException e) {
      throw Page.wrongCursor();
    }
  }
}
