package jangteo.search;

import com.mongodb.client.MongoDatabase;
import jangteo.chassis.Recurring;
import jangteo.chassis.Service;
import jangteo.chassis.text.TextAnalysis;
import jangteo.search.api.AuditFacts;
import jangteo.search.api.ProductsApi;
import jangteo.search.api.ProductsInfo;
import jangteo.search.docs.DocsApi;
import jangteo.search.store.AsOf;
import jangteo.search.store.AuditStore;
import jangteo.search.store.BroadCounts;
import jangteo.search.store.Products;
import jangteo.search.store.Versions;
import jangteo.search.words.Synonyms;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The query side of the catalogue. It reads what the aggregate service keeps in MongoDB and calls
 * nobody.
 */
public final class Main {

  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final Duration COUNT = Duration.ofSeconds(60);

  private Main() {}

  /** Runs the service. */
  public static void main(String[] args) {
    Service.main("search", Main::wire);
  }

  /** The service and what it is made of. */
  static void wire(Service.Builder service) {
    Duration limit = service.config().get("mongo.time-limit").as(Duration.class).orElse(LIMIT);
    MongoDatabase database =
        service.mongo().database().withTimeout(limit.toMillis(), TimeUnit.MILLISECONDS);
    TextAnalysis text = new TextAnalysis();
    Duration patience = service.config().get("products.version-wait").as(Duration.class).get();
    BroadCounts broad = service.part(new BroadCounts(counting(service), service.clock()));
    Products products = new Products(database, text, Synonyms.load(text), broad);
    AsOf asOf = new AsOf(database);
    service.part(new Recurring("as-of", Duration.ofMillis(500), asOf::look));
    service
        .rest(new ProductsApi(products, asOf, new Versions(database), patience), new DocsApi())
        .grpc(new ProductsInfo(products), new AuditFacts(new AuditStore(database)));
  }

  /** For what nobody waits for. */
  private static MongoDatabase counting(Service.Builder service) {
    Duration limit = service.config().get("mongo.count-limit").as(Duration.class).orElse(COUNT);
    return service.mongo().database().withTimeout(limit.toMillis(), TimeUnit.MILLISECONDS);
  }
}
