package jangteo.payment;

import io.helidon.config.Config;
import jangteo.chassis.Ids;
import jangteo.chassis.Recurring;
import jangteo.chassis.Service;
import jangteo.chassis.data.Database;
import jangteo.chassis.events.Outbox;
import jangteo.chassis.events.Subscription;
import jangteo.payment.api.AuditFacts;
import jangteo.payment.api.PaymentsApi;
import jangteo.payment.api.RefundsApi;
import jangteo.payment.api.WalletApi;
import jangteo.payment.domain.Provider;
import jangteo.payment.events.HoldReminder;
import jangteo.payment.events.OrdersConsumer;
import jangteo.payment.provider.ProviderKind;
import jangteo.payment.store.AuditStore;
import jangteo.payment.store.Intents;
import jangteo.payment.store.Ledger;
import jangteo.payment.store.Payments;
import jangteo.payment.store.Refunds;
import jangteo.payment.store.Wallets;
import jangteo.payment.work.Depositing;
import jangteo.payment.work.Refunding;
import jangteo.payment.work.Settlements;
import jangteo.payment.work.Settler;
import jangteo.payment.work.Settling;
import jangteo.payment.work.Workers;
import java.time.Clock;
import java.time.Duration;

/**
 * The payment service: authorises, captures, voids and refunds what orders cost; wallets and a
 * double-entry ledger.
 *
 * <p>{@code orders} → intents → workers → provider or wallet → {@code payments}.
 */
public final class Main {

  private Main() {}

  /** Starts the service. */
  public static void main(String[] args) {
    Service.main("payment", Main::wire);
  }

  /** The picture of the service. */
  static void wire(Service.Builder service) {
    Config config = service.config();
    Clock clock = service.clock();
    Ids ids = service.ids();
    Database database = service.database();
    Outbox outbox = service.outbox();
    service.kafka().ensure("payments");
    Provider provider = ProviderKind.provider(config.get("provider"), database, clock);

    Payments payments = new Payments(duration(config, "holds.remind-after"));
    Intents intents = new Intents();
    Wallets wallets = new Wallets();
    Ledger ledger = new Ledger(ids);

    Settler settler =
        service.part(
            new Settler(database, new Settling(payments, intents, wallets, ledger, outbox, clock)));
    Workers workers =
        service.part(
            new Workers(database, payments, intents, provider, settler, bulkhead(config), clock));
    Settlements settlements =
        new Settlements(settler, duration(config, "provider.patience"), clock);
    Depositing depositing =
        new Depositing(database, payments, intents, workers, settlements, clock, ids);
    Refunding refunding =
        new Refunding(database, payments, intents, new Refunds(), workers, settlements, clock, ids);

    HoldReminder reminder = new HoldReminder(database, payments, intents, outbox, clock);
    service.part(new Recurring("hold reminder", Duration.ofSeconds(1), reminder::remind));

    service
        .consume(
            Subscription.to("orders")
                .batch(new OrdersConsumer(database, payments, intents, outbox, workers, clock, ids))
                .build())
        .grpc(new AuditFacts(database, new AuditStore()))
        .rest(
            new WalletApi(database, wallets, ledger, depositing),
            new PaymentsApi(database, payments),
            new RefundsApi(refunding));
  }

  private static Workers.Bulkhead bulkhead(Config config) {
    return new Workers.Bulkhead(
        config.get("provider.concurrent").asInt().get(), duration(config, "provider.lease"));
  }

  private static Duration duration(Config config, String key) {
    return config.get(key).as(Duration.class).get();
  }
}
