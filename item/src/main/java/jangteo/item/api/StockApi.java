package jangteo.item.api;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import jangteo.chassis.data.Database;
import jangteo.chassis.data.IdempotencyKeys;
import jangteo.chassis.web.Access;
import jangteo.chassis.web.Body;
import jangteo.chassis.web.Page;
import jangteo.chassis.web.PathParameters;
import jangteo.chassis.web.Problem;
import jangteo.chassis.web.ProblemException;
import jangteo.item.domain.Listing;
import jangteo.item.domain.StockChange;
import jangteo.item.store.ListingStore;
import jangteo.item.store.StockHistory;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A seller's stock of a product: corrections, and every change there ever was. */
public final class StockApi implements HttpService {

  private static final String STOCK = "/api/v1/items/{productId}/listing/stock";

  private final Database database;
  private final IdempotencyKeys keys;
  private final ListingStore listings;
  private final ListingChanges changes;
  private final StockHistory history;
  private final Clock clock;

  public StockApi(
      Database database,
      IdempotencyKeys keys,
      ListingStore listings,
      ListingChanges changes,
      StockHistory history,
      Clock clock) {
    this.database = database;
    this.keys = keys;
    this.listings = listings;
    this.changes = changes;
    this.history = history;
    this.clock = clock;
  }

  @Override
  public void routing(HttpRules rules) {
    rules
        .post(STOCK, Access.role("SELLER"), this::adjust)
        .get(STOCK, Access.role("SELLER"), this::history);
  }

  private void adjust(ServerRequest request, ServerResponse response) {
    long productId = PathParameters.id(request, "productId");
    long sellerId = Access.caller(request).memberId();
    StockBody body = Body.read(request, StockBody.class);
    StockBody.Correction correction = body.validated();
    keys.answer(
        request,
        response,
        body,
        tx -> {
          Listing present =
              listings.lockOf(tx, productId, sellerId).orElseThrow(StockApi::noListing);
          Listing adjusted =
              present
                  .adjust(correction.delta(), clock.instant())
                  .orElseThrow(() -> ListingChanges.belowReserved(present));
          changes.save(tx, present, adjusted, StockChange.Kind.ADJUSTED, correction.reason());
          return ListingAnswer.ok(adjusted);
        });
  }

  private void history(ServerRequest request, ServerResponse response) {
    long productId = PathParameters.id(request, "productId");
    long sellerId = Access.caller(request).memberId();
    Page page = Page.of(request);
    Place before = page.after().map(Place::parse).orElse(Place.NEWEST);
    List<StockChange> found =
        database.read(
            sql ->
                history.before(
                    sql,
                    listings.idOf(sql, productId, sellerId).orElseThrow(StockApi::noListing),
                    before.sequence(),
                    before.nth(),
                    page.size() + 1));
    List<StockChange> shown = found.subList(0, Math.min(found.size(), page.size()));
    Optional<String> next =
        found.size() > shown.size()
            ? Optional.of(Place.of(shown.getLast()).toString())
            : Optional.empty();
    response.send(Page.answer(shown.stream().map(StockChangeAnswer::of).toList(), next));
  }

  private static ProblemException noListing() {
    return Problem.notFound("You have no listing of this product.").exception();
  }

  /** Where in a listing's history a page ends. */
  private record Place(long sequence, int nth) {

    static final Place NEWEST = new Place(Long.MAX_VALUE, 0);

    private static final Pattern SHAPE = Pattern.compile("([0-9]{1,18})-([0-9]{1,9})");

    static Place of(StockChange change) {
      return new Place(change.sequence(), change.nth());
    }

    static Place parse(String key) {
      Matcher parts = SHAPE.matcher(key);
      if (!parts.matches()) {
        throw Page.wrongCursor();
      }
      return new Place(Long.parseLong(parts.group(1)), Integer.parseInt(parts.group(2)));
    }

    @Override
    public String toString() {
      return sequence + "-" + nth;
    }
  }
}
