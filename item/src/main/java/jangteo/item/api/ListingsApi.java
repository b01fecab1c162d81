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
import jangteo.chassis.web.Access;
import jangteo.chassis.web.Body;
import jangteo.chassis.web.EntityTag;
import jangteo.chassis.web.PathParameters;
import jangteo.chassis.web.Problem;
import jangteo.item.domain.Listing;
import jangteo.item.domain.StockChange;
import jangteo.item.store.ListingStore;
import jangteo.item.store.ProductStore;
import java.time.Clock;
import java.util.Optional;

/** Each seller has one listing of a product: its price, status and stock (DESIGN.md section 4). */
public final class ListingsApi implements HttpService {

  private final IdempotencyKeys keys;
  private final ProductStore products;
  private final ListingStore listings;
  private final ListingChanges changes;
  private final Ids ids;
  private final Clock clock;

  public ListingsApi(
      IdempotencyKeys keys,
      ProductStore products,
      ListingStore listings,
      ListingChanges changes,
      Ids ids,
      Clock clock) {
    this.keys = keys;
    this.products = products;
    this.listings = listings;
    this.changes = changes;
    this.ids = ids;
    this.clock = clock;
  }

  @Override
  public void routing(HttpRules rules) {
    rules.put("/api/v1/items/{productId}/listing", Access.role("SELLER"), this::put);
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
          if (!products.keep(tx, productId)) {
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
      changes.open(tx, listing);
    } catch (DuplicateKeyException twice) {
      // The seller's other request was quicker.
      return replace(tx, listings.lockOf(tx, productId, sellerId).orElseThrow(), terms, expected);
    }
    return ListingAnswer.created(listing);
  }

  private Answer replace(
      Transaction tx, Listing present, Listing.Terms terms, Optional<EntityTag> expected) {
    expected.ifPresent(tag -> tag.require(present.version()));
    Listing replaced =
        present
            .replace(terms, clock.instant())
            .orElseThrow(() -> ListingChanges.belowReserved(present));
    changes.save(tx, present, replaced, StockChange.Kind.COUNTED, Optional.empty());
    return ListingAnswer.ok(replaced);
  }
}
