package jangteo.aggregate.rebuild;

import com.mongodb.client.MongoDatabase;
import jangteo.aggregate.domain.Source;
import jangteo.aggregate.store.Catalogue;
import jangteo.aggregate.store.NewCatalogue;
import jangteo.aggregate.store.ReadModel;
import jangteo.aggregate.store.ReadModelState;
import jangteo.aggregate.store.Rebuilds;
import jangteo.chassis.events.Kafka;
import jangteo.chassis.text.TextAnalysis;
import org.apache.kafka.common.TopicPartition;

/** What a rebuild writes to. */
record Stores(
    MongoDatabase database,
    Rebuilds rebuilds,
    ReadModelState state,
    TextAnalysis text,
    Kafka kafka) {

  Catalogue catalogue(ReadModel model) {
    return new Catalogue(database, model, text);
  }

  NewCatalogue filling(ReadModel model) {
    return new NewCatalogue(database, model, text);
  }

  Source source(TopicPartition partition) {
    return new Source(kafka.plain(partition.topic()), partition.partition());
  }
}
