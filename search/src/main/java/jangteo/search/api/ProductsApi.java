package jangteo.search.api;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import jangteo.chassis.web.Page;
import jangteo.chassis.web.PathParameters;
import jangteo.chassis.web.Problem;
import jangteo.chassis.web.ProblemException;
import jangteo.chassis.web.Validation;
import jangteo.search.domain.Matching;
import jangteo.search.domain.Product;
import jangteo.search.domain.Query;
import jangteo.search.domain.Result;
import jangteo.search.domain.Words;
import jangteo.search.store.AsOf;
import jangteo.search.store.NotAPlaceException;
import jangteo.search.store.Products;
import jangteo.search.store.Reread;
import jangteo.search.store.Versions;
import jangteo.search.words.Highlighter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Search, suggestions and the product page, for anyone. */
public final class ProductsApi implements HttpService {

  private static final int SUGGESTIONS = 10;
  private static final int TYPED = 100;

  private static final HeaderName AS_OF = HeaderNames.create("As-Of");

  private final Products products;
  private final AsOf asOf;
  private final Waiting waiting;

  /**
   * Over these products.
   *
   * @param asOf how fresh they are
   * @param versions which versions of them are there
   * @param patience how long a reader waits for a version at most
   */
  public ProductsApi(Products products, AsOf asOf, Versions versions, Duration patience) {
    this.products = products;
    this.asOf = asOf;
    this.waiting = new Waiting(versions, patience);
  }

  @Override
  public void routing(HttpRules rules) {
    rules
        .get("/api/v1/products", this::dated, this::search)
        .get("/api/v1/products/suggest", this::dated, this::suggest)
        .get("/api/v1/products/{productId}", this::one)
        .get("/api/v1/products/{productId}/related", this::dated, this::related);
  }

  /** Before anything is read: what is read then is as fresh as said, or fresher. */
  private void dated(ServerRequest request, ServerResponse response) {
    date(response, asOf.time());
    response.next();
  }

  private static void date(ServerResponse response, Optional<Instant> time) {
    time.ifPresent(as -> response.header(AS_OF, as.toString()));
  }

  private void search(ServerRequest request, ServerResponse response) {
    Query query = SearchParameters.of(request);
    Result result = Reread.ifKilled(() -> find(query));
    Optional<Highlighter> highlighter = result.words().map(products::highlighter);
    Matching matching = result.words().map(Words::matching).orElse(Matching.EVERY_WORD);
    Optional<String> next =
        result
            .found()
            .next()
            .map(place -> new Query.Mark(place, matching))
            .map(end -> Page.encode(SearchParameters.cursor(query.sort(), end)));
    response.send(
        SearchAnswer.of(
            result, one -> ProductAnswer.of(one, highlighter.map(its -> its.of(one))), next));
  }

  private Result find(Query query) {
    try {
      return products.search(query);
    } catch (NotAPlaceException e) {
      throw Page.wrongCursor();
    }
  }

  private void suggest(ServerRequest request, ServerResponse response) {
    Validation validation = new Validation();
    KnownParameters.check(request.query(), Set.of("q"), validation);
    String typed = validation.text("q", request.query().first("q").orElse(null), 1, TYPED);
    validation.done();
    response.send(
        new Suggestions(
            Reread.ifKilled(() -> products.suggest(typed, SUGGESTIONS)).stream()
                .map(one -> new SuggestionAnswer(one.text(), Long.toString(one.productId())))
                .toList()));
  }

  private void one(ServerRequest request, ServerResponse response) {
    long productId = PathParameters.id(request, "productId");
    waiting.until(productId, VersionAtLeast.of(request));
    Optional<Instant> time = asOf.time();
    Product product =
        Reread.ifKilled(() -> products.find(productId)).orElseThrow(() -> notThere(time));
    date(response, time);
    response.status(Status.OK_200).send(ProductAnswer.of(product));
  }

  private static ProblemException notThere(Optional<Instant> time) {
    Problem problem = Problem.notFound("There is no such product.");
    return time.map(as -> problem.withHeaders(Map.of(AS_OF.defaultCase(), as.toString())))
        .orElse(problem)
        .exception();
  }

  private void related(ServerRequest request, ServerResponse response) {
    Validation validation = new Validation();
    KnownParameters.check(request.query(), Set.of("size"), validation);
    Page page = Page.of(request, validation);
    validation.done();
    List<Product> related =
        Reread.ifKilled(
                () -> products.related(PathParameters.id(request, "productId"), page.size()))
            .orElseThrow(() -> Problem.notFound("There is no such product.").exception());
    response.send(Page.answer(related.stream().map(ProductAnswer::of).toList(), Optional.empty()));
  }

  record Suggestions(List<SuggestionAnswer> items) {}

  record SuggestionAnswer(String text, String productId) {}
}
