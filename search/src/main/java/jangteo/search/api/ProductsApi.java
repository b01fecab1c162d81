package jangteo.search.api;

import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import jangteo.chassis.web.Page;
import jangteo.chassis.web.PathParameters;
import jangteo.chassis.web.Problem;
import jangteo.chassis.web.Validation;
import jangteo.search.domain.Found;
import jangteo.search.domain.Product;
import jangteo.search.store.NotAPlaceException;
import jangteo.search.store.Products;
import java.util.List;

/** Search, suggestions and the product page, for anyone. */
public final class ProductsApi implements HttpService {

  private static final int SUGGESTIONS = 10;
  private static final int TYPED = 100;

  private final Products products;

  /** Over these products. */
  public ProductsApi(Products products) {
    this.products = products;
  }

  @Override
  public void routing(HttpRules rules) {
    rules
        .get("/api/v1/products", this::search)
        .get("/api/v1/products/suggest", this::suggest)
        .get("/api/v1/products/{productId}", this::one);
  }

  private void search(ServerRequest request, ServerResponse response) {
    SearchParameters asked = SearchParameters.of(request.query(), Page.of(request));
    Found found = page(asked);
    Products.Counts counts = products.count(asked.filter());
    String next =
        found
            .next()
            .map(place -> Page.encode(SearchParameters.cursor(asked.sort(), place)))
            .orElse(null);
    response.send(
        new SearchAnswer(
            found.products().stream().map(ProductAnswer::of).toList(),
            counts.total(),
            SearchAnswer.FacetsAnswer.of(counts.facets()),
            next));
  }

  private Found page(SearchParameters asked) {
    try {
      return products.search(asked.filter(), asked.sort(), asked.after(), asked.size());
    } catch (NotAPlaceException e) {
      throw Page.wrongCursor();
    }
  }

  private void suggest(ServerRequest request, ServerResponse response) {
    Validation validation = new Validation();
    String typed = validation.text("q", request.query().first("q").orElse(null), 1, TYPED);
    validation.done();
    response.send(
        new Suggestions(
            products.suggest(typed, SUGGESTIONS).stream()
                .map(one -> new SuggestionAnswer(one.text(), Long.toString(one.productId())))
                .toList()));
  }

  private void one(ServerRequest request, ServerResponse response) {
    Product product =
        products
            .find(PathParameters.id(request, "productId"))
            .orElseThrow(() -> Problem.notFound("There is no such product.").exception());
    response.status(Status.OK_200).send(ProductAnswer.of(product));
  }

  record Suggestions(List<SuggestionAnswer> items) {}

  record SuggestionAnswer(String text, String productId) {}
}
