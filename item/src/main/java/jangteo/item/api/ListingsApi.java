package jangteo.item.api;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import jangteo.chassis.Ids;
import jangteo.chassis.data.Answer;
import jangteo.chassis.data.DuplicateKeyException;
import jangteo.chassis.data.IdempotencyKeys;
import jangteo.chassis.data.Transaction;
import jangteo.chassis.events.Outbox;
import jangteo.chassis.web.Access;
import jangteo.chassis.web.Body;
import jangteo.chassis.web.EntityTag;
import jangteo.chassis.web.PathParameters;
import jangteo.chassis.web.Problem;
import jangteo.chassis.web.ProblemException;
import jangteo.item.domain.Listing;
import jangteo.item.events.CatalogueEvents;
import jangteo.item.store.ListingStore;
import jangteo.item.store.ProductStore;
import java.time.Clock;
import java.util.Optional;

/** Each seller has one listing of a product: its price, status and stock (DESIGN.md section 4). */
public final class ListingsApi implements HttpService {

  private final IdempotencyKeys keys;
  private final ProductStore products;
  private final ListingStore listings;
  private final Outbox outbox;
  private final Ids ids;
  private final Clock clock;

  public ListingsApi(
      IdempotencyKeys keys,
      ProductStore products,
      ListingStore listings,
      Outbox outbox,
      Ids ids,
      Clock clock) {
    this.keys = keys;
    this.products = products;
    this.listings = listings;
    this.outbox = outbox;
    this.ids = ids;
    this.clock = clock;
  }

  @Override
  public void routing(HttpRules rules) {
    rules
        .put("/api/v1/items/{productId}/listing", Access.role("SELLER"), this::put)
        .post("/api/v1/items/{productId}/listing/stock", Access.role("SELLER"), this::adjust);
  }

  private void put(ServerRequest request, ServerResponse response) {
    long productId = PathParameters.id(request, "productId");
    long sellerId = Access.caller(request).memberId();
    Optional<EntityTag> expected = EntityTag.ifMatch(request);
    ListingBody body = Body.read(request, ListingBody.class);
    Listing.Terms terms = body.validated();
    keys.answer(
        request,
        response,
        body,
        tx -> {
          if (!products.exists(tx, productId)) {
            throw Problem.notFound("There is no such product.").exception();
          }
          return listings
              .lockOf(tx, productId, sellerId)
              .map(present -> replace(tx, present, terms, expected))
              .orElseGet(() -> open(tx, productId, sellerId, terms, expected));
        });
  }

  private Answer open(
      Transaction tx,
      long productId,
      long sellerId,
      Listing.Terms terms,
      Optional<EntityTag> expected) {
    if (expected.isPresent()) {
      throw Problem.preconditionFailed("There is no listing yet.").exception();
    }
    Listing listing = Listing.open(ids.next(), productId, sellerId, terms, clock.instant());
    try {
      listings.add(tx, listing);
    } catch (DuplicateKeyException twice) {
      // The seller's other request was quicker.
      return replace(tx, listings.lockOf(tx, productId, sellerId).orElseThrow(), terms, expected);
    }
    outbox.add(tx, CatalogueEvents.of(listing));
    return tagged(
        Answer.created("/api/v1/products/" + productId, ListingAnswer.of(listing)), listing);
  }

  private Answer replace(
      Transaction tx, Listing present, Listing.Terms terms, Optional<EntityTag> expected) {
    expected.ifPresent(tag -> tag.require(present.version()));
    Listing replaced =
        present.replace(terms, clock.instant()).orElseThrow(() -> belowReserved(present));
    return saved(tx, replaced);
  }

  private void adjust(ServerRequest request, ServerResponse response) {
    long productId = PathParameters.id(request, "productId");
    long sellerId = Access.caller(request).memberId();
    StockBody body = Body.read(request, StockBody.class);
    long delta = body.validated();
    keys.answer(
        request,
        response,
        body,
        tx -> {
          Listing present =
              listings
                  .lockOf(tx, productId, sellerId)
                  .orElseThrow(
                      () -> Problem.notFound("You have no listing of this product.").exception());
          return saved(
              tx, present.adjust(delta, clock.instant()).orElseThrow(() -> belowReserved(present)));
        });
  }

  private Answer saved(Transaction tx, Listing listing) {
    listings.save(tx, listing);
    outbox.add(tx, CatalogueEvents.of(listing));
    return tagged(Answer.ok(ListingAnswer.of(listing)), listing);
  }

  private static ProblemException belowReserved(Listing listing) {
    return Problem.conflict(
            "%d pieces are reserved for orders; the stock cannot go below that."
                .formatted(listing.stock().reserved()))
        .exception();
  }

  private static Answer tagged(Answer answer, Listing listing) {
    return answer.withHeader("ETag", EntityTag.of(listing.version()).toString());
  }
}
