package jangteo.order;

import io.helidon.config.Config;
import jangteo.chassis.Preparation;
import jangteo.chassis.Service;
import jangteo.chassis.data.Mongo;
import jangteo.chassis.events.Kafka;
import jangteo.chassis.events.TopicFollower;
import jangteo.order.api.AuditApi;
import jangteo.order.api.ChangingOrders;
import jangteo.order.api.KnownOrders;
import jangteo.order.api.LiveStatus;
import jangteo.order.api.PlacingOrders;
import jangteo.order.api.ReadingOrders;
import jangteo.order.api.SellingOrders;
import jangteo.order.audit.runner.Audit;
import jangteo.order.audit.runner.Participants;
import jangteo.order.catalogue.Catalogue;
import jangteo.order.catalogue.SearchBreaker;
import jangteo.order.events.NameProjection;
import jangteo.order.events.OrderFollower;
import jangteo.order.events.OrderProjection;
import jangteo.order.events.SagaCommands;
import jangteo.order.events.WaitingRoom;
import jangteo.order.saga.runner.SagaRunner;
import jangteo.order.saga.runner.SagaSettings;
import jangteo.order.shipping.Destinations;
import jangteo.order.store.MemberNames;
import jangteo.order.store.OrderViews;
import java.time.Duration;

/** The order service: takes orders, runs the saga, tells what became of them. */
public final class Main {

  private Main() {}

  /** Runs the service. */
  public static void main(String[] arguments) {
    Service.main("order", Main::wire);
  }

  static void wire(Service.Builder service) {
    Kafka kafka = service.kafka();
    Mongo mongo = service.mongo();

    OrderViews views = new OrderViews(mongo.database());
    MemberNames names = new MemberNames(mongo.database());
    service.part(new Preparation("mongo indexes", views::createIndexes));
    service.consume(new OrderProjection(views).subscription());
    service.consume(new NameProjection(names).subscription());

    OrderFollower follower = new OrderFollower();
    TopicFollower following = follower.follower();
    service.follow(following);
    service.part(new SagaRunner(kafka, SagaSettings.create(service.config().get("saga"))));

    SearchBreaker breaker = service.part(new SearchBreaker());
    Catalogue catalogue =
        service.part(
            new Catalogue(service.grpcClient("search"), service.grpcClient("item"), breaker));
    SagaCommands saga =
        new SagaCommands(
            kafka.publisher(),
            follower,
            service.clock(),
            service.ids(),
            service.config().get("orders.record-wait").as(Duration.class).get(),
            new WaitingRoom(
                service.config().get("orders.waiting-limit").asInt().get(),
                service.config().get("orders.slow-wait").as(Duration.class).get()));
    KnownOrders orders =
        new KnownOrders(
            follower,
            () -> following.readiness().ready(),
            views,
            names,
            () -> mongo.readiness().ready());

    SellingOrders selling =
        new SellingOrders(orders, new Destinations(service.grpcClient("member")));

    service.rest(
        new PlacingOrders(catalogue, saga, follower, orders),
        new ReadingOrders(orders),
        new ChangingOrders(orders, selling, saga),
        selling,
        new LiveStatus(orders, follower),
        new AuditApi(audit(service, views)));
  }

  private static Audit audit(Service.Builder service, OrderViews views) {
    Config config = service.config().get("audit");
    return new Audit(
        service.kafka(),
        views,
        new Participants(
            service.grpcClient("item"),
            service.grpcClient("payment"),
            service.grpcClient("search")),
        service.clock(),
        config.get("settling").as(Duration.class).get(),
        config.get("patience").as(Duration.class).get());
  }
}
