package jangteo.item;

import io.helidon.config.Config;
import jangteo.chassis.Recurring;
import jangteo.chassis.Service;
import jangteo.chassis.data.Database;
import jangteo.chassis.events.Subscription;
import jangteo.item.api.AuditFacts;
import jangteo.item.api.CategoriesApi;
import jangteo.item.api.ListingChanges;
import jangteo.item.api.ListingsApi;
import jangteo.item.api.ProductsApi;
import jangteo.item.api.ProductsInfo;
import jangteo.item.api.ReconcileFacts;
import jangteo.item.api.StockApi;
import jangteo.item.api.bulk.ExportApi;
import jangteo.item.api.bulk.ImportApi;
import jangteo.item.api.bulk.ImportProgress;
import jangteo.item.api.bulk.Importing;
import jangteo.item.events.HoldReminder;
import jangteo.item.events.OrdersConsumer;
import jangteo.item.events.StepPruner;
import jangteo.item.events.StockAnnouncer;
import jangteo.item.events.TakingSteps;
import jangteo.item.store.AuditStore;
import jangteo.item.store.CategoryStore;
import jangteo.item.store.ExportStore;
import jangteo.item.store.ImportStore;
import jangteo.item.store.ListingStore;
import jangteo.item.store.OfferStore;
import jangteo.item.store.ProductStore;
import jangteo.item.store.ReconcileStore;
import jangteo.item.store.StepStore;
import jangteo.item.store.StockHistory;
import java.time.Clock;
import java.time.Duration;

/**
 * The item service: sellers' products and listings over REST, the stock's side of each order over
 * Kafka, and over gRPC what order asks when search is away.
 */
public final class Main {

  private Main() {}

  /** Runs the service until SIGTERM. */
  public static void main(String[] args) {
    Service.main("item", Main::wire);
  }

  /** The service and what it is made of. */
  public static void wire(Service.Builder service) {
    Config stock = service.config().get("stock");
    Duration announceEvery = stock.get("announce-every").as(Duration.class).get();
    Duration remindAfter = stock.get("remind-after").as(Duration.class).get();
    Clock clock = service.clock();

    Database database = service.database();
    service.kafka().ensure("products", "listings", "stock");
    var products = new ProductStore();
    var listings = new ListingStore();
    var history = new StockHistory();
    var steps = new StepStore(remindAfter);
    var changes = new ListingChanges(listings, history, service.outbox());

    service.rest(
        new ProductsApi(
            service.idempotencyKeys(), products, listings, service.outbox(), service.ids(), clock),
        new ListingsApi(
            service.idempotencyKeys(), products, listings, changes, service.ids(), clock),
        new StockApi(database, service.idempotencyKeys(), listings, changes, history, clock),
        new ImportApi(
            new Importing(
                database, products, listings, history, service.outbox(), service.ids(), clock),
            new ImportProgress.Keeper(database, new ImportStore(), clock),
            service.config().get("import.at-once").asInt().get()),
        new ExportApi(database, new ExportStore()),
        new CategoriesApi(
            database,
            new CategoryStore(),
            service.config().get("categories.count-every").as(Duration.class).get(),
            clock));

    service.grpc(
        new ProductsInfo(database, new OfferStore()),
        new AuditFacts(database, new AuditStore()),
        new ReconcileFacts(database, new ReconcileStore(), service.outbox()));

    var announcer = new StockAnnouncer(database, listings, service.outbox(), clock);
    var taking =
        new TakingSteps(database, listings, steps, history, announceEvery, announcer::moved, clock);
    var publisher = service.kafka().publisher();
    service.consume(Subscription.to("orders").batch(new OrdersConsumer(taking, publisher)).build());
    service.part(new Recurring("stock announcer", Duration.ofMillis(50), announcer::announce));

    var reminder = new HoldReminder(database, steps, publisher, clock);
    service.part(new Recurring("hold reminder", Duration.ofSeconds(1), reminder::remind));

    Duration keepSteps = stock.get("keep-steps").as(Duration.class).get();
    var pruner = new StepPruner(database, steps, keepSteps, clock);
    service.part(new Recurring("step pruner", Duration.ofMinutes(1), pruner::prune));
  }
}
