package jangteo.aggregate;

import com.mongodb.client.MongoDatabase;
import jangteo.aggregate.api.DeadLettersApi;
import jangteo.aggregate.api.RebuildsApi;
import jangteo.aggregate.api.ReconcileApi;
import jangteo.aggregate.deadletters.DeadLetterReader;
import jangteo.aggregate.deadletters.Replays;
import jangteo.aggregate.events.Freshness;
import jangteo.aggregate.events.Projection;
import jangteo.aggregate.events.SourceEnds;
import jangteo.aggregate.rebuild.Rebuilder;
import jangteo.aggregate.reconcile.ItemFacts;
import jangteo.aggregate.reconcile.Reconciler;
import jangteo.aggregate.store.Catalogue;
import jangteo.aggregate.store.Indexes;
import jangteo.aggregate.store.PartDocument;
import jangteo.aggregate.store.ReadModelFacts;
import jangteo.aggregate.store.ReadModelState;
import jangteo.chassis.Preparation;
import jangteo.chassis.Service;
import jangteo.chassis.text.TextAnalysis;
import java.time.Duration;

/**
 * The sync worker: from the topics of products, listings, members and reviews into the documents
 * that search reads. It also keeps the dead letters of all services.
 */
public final class Main {

  private Main() {}

  /** Runs the service. */
  public static void main(String[] args) {
    Service.main("aggregate", Main::wire);
  }

  /** The service and what it is made of. */
  public static void wire(Service.Builder service) {
    MongoDatabase database = service.mongo().database();
    service.part(new Preparation("indexes", new Indexes(database)::create));
    TextAnalysis text = new TextAnalysis();
    Catalogue catalogue = new Catalogue(database, text);
    ReadModelState state = new ReadModelState(database);
    Freshness freshness = service.part(new Freshness(service.kafka(), state, service.clock()));
    service.consume(new Projection(catalogue, freshness).subscription());

    Rebuilder rebuilder =
        new Rebuilder(
            service.kafka(), database, text, service.clock(), service.config().get("rebuild"));
    service.part(new Preparation("rebuilds", rebuilder::prepare));
    service.part(rebuilder);

    Reconciler reconciler =
        service.part(
            new Reconciler(
                new ItemFacts(service.grpcClient("item")),
                new ReadModelFacts(database),
                new PartDocument(text),
                new SourceEnds(service.kafka()),
                state,
                rebuilder,
                service.clock(),
                Duration.ofSeconds(20)));

    Replays replays = new Replays(service.kafka(), service.clock());
    service.follow(replays.follower());
    service.rest(
        new DeadLettersApi(new DeadLetterReader(service.kafka()), replays),
        new RebuildsApi(rebuilder),
        new ReconcileApi(reconciler));
  }
}
