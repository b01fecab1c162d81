package jangteo.item.api;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import jangteo.chassis.Ids;
import jangteo.chassis.data.Answer;
import jangteo.chassis.data.IdempotencyKeys;
import jangteo.chassis.data.Transaction;
import jangteo.chassis.events.Event;
import jangteo.chassis.events.Outbox;
import jangteo.chassis.web.Access;
import jangteo.chassis.web.Body;
import jangteo.chassis.web.Caller;
import jangteo.chassis.web.EntityTag;
import jangteo.chassis.web.MergePatch;
import jangteo.chassis.web.PathParameters;
import jangteo.chassis.web.Problem;
import jangteo.item.domain.Listing;
import jangteo.item.domain.Product;
import jangteo.item.events.CatalogueEvents;
import jangteo.item.store.ListingStore;
import jangteo.item.store.ProductStore;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Sellers make products and change their own (DESIGN.md section 4). */
public final class ProductsApi implements HttpService {

  private final IdempotencyKeys keys;
  private final ProductStore products;
  private final ListingStore listings;
  private final Outbox outbox;
  private final Ids ids;
  private final Clock clock;

  public ProductsApi(
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
        .post("/api/v1/items", Access.role("SELLER"), this::create)
        .patch("/api/v1/items/{productId}", Access.role("SELLER", "ADMIN"), this::change)
        .delete("/api/v1/items/{productId}", Access.role("SELLER", "ADMIN"), this::delete);
  }

  private void create(ServerRequest request, ServerResponse response) {
    ProductBody body = Body.read(request, ProductBody.class);
    Product.Details details = body.validated();
    long ownerId = Access.caller(request).memberId();
    keys.answer(
        request,
        response,
        body,
        tx -> {
          Product product = Product.create(ids.next(), ownerId, details, clock.instant());
          products.add(tx, product);
          outbox.add(tx, CatalogueEvents.of(product));
          return tagged(
              Answer.created("/api/v1/products/" + product.id(), ProductAnswer.of(product)),
              product);
        });
  }

  private void change(ServerRequest request, ServerResponse response) {
    long productId = PathParameters.id(request, "productId");
    Caller caller = Access.caller(request);
    Optional<EntityTag> expected = EntityTag.ifMatch(request);
    MergePatch patch = MergePatch.read(request);
    keys.answer(
        request,
        response,
        patch.json(),
        tx -> {
          Product product = lockFor(tx, caller, productId);
          expected.ifPresent(tag -> tag.require(product.version()));
          Product.Details details =
              patch.applyTo(ProductBody.of(product.details()), ProductBody.class).validated();
          Product changed = product.change(details, clock.instant());
          if (changed.version() != product.version()) {
            products.save(tx, changed);
            outbox.add(tx, CatalogueEvents.of(changed));
          }
          return tagged(Answer.ok(ProductAnswer.of(changed)), changed);
        });
  }

  private void delete(ServerRequest request, ServerResponse response) {
    long productId = PathParameters.id(request, "productId");
    Caller caller = Access.caller(request);
    Optional<EntityTag> expected = EntityTag.ifMatch(request);
    keys.answer(
        request,
        response,
        "",
        tx -> {
          Product product = lockFor(tx, caller, productId);
          expected.ifPresent(tag -> tag.require(product.version()));
          erase(tx, product);
          return Answer.noContent();
        });
  }

  private void erase(Transaction tx, Product product) {
    Instant now = clock.instant();
    Product erased = product.erased(now);
    List<Listing> ended =
        listings.lockAllOf(tx, product.id()).stream().map(listing -> listing.erased(now)).toList();
    listings.erase(tx, ended, now);
    products.erase(tx, erased);
    outbox.add(
        tx,
        Stream.concat(
                ended.stream().map(CatalogueEvents::erased),
                Stream.of(CatalogueEvents.erased(erased)))
            .toArray(Event[]::new));
  }

  private Product lockFor(Transaction tx, Caller caller, long productId) {
    Product product =
        products
            .lock(tx, productId)
            .orElseThrow(() -> Problem.notFound("There is no such product.").exception());
    if (product.ownerId() != caller.memberId() && !caller.is("ADMIN")) {
      throw Problem.forbidden("Only the product's owner may change it.").exception();
    }
    return product;
  }

  private static Answer tagged(Answer answer, Product product) {
    return answer.withHeader("ETag", EntityTag.of(product.version()).toString());
  }
}
