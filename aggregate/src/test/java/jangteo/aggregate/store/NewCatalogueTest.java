package jangteo.aggregate.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ConnectionString;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import jangteo.aggregate.domain.Change;
import jangteo.aggregate.domain.Change.ListingWritten;
import jangteo.aggregate.domain.Change.ProductWritten;
import jangteo.aggregate.domain.Change.SellerNamed;
import jangteo.chassis.text.TextAnalysis;
import jangteo.testkit.TestServers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** A read model that is being filled, and what is written to it twice. */
final class NewCatalogueTest {

  private static final Instant TIME = Instant.parse("2026-11-27T00:00:00Z");

  @Test
  void whatIsWrittenAgainIsThereOnce() {
    String uri = TestServers.mongo("search");
    try (MongoClient client = MongoClients.create(uri)) {
      MongoDatabase database = client.getDatabase(new ConnectionString(uri).getDatabase());
      NewCatalogue filling =
          new NewCatalogue(database, ReadModel.building("twice"), new TextAnalysis());
      filling.remember(List.of(new SellerNamed(9, 1, "가게")));
      filling.write(products(1, 40));
      List<Document> first = documents(database);

      filling.write(products(21, 60));

      List<Document> all = documents(database);
      assertThat(all).hasSize(60);
      assertThat(all.subList(0, 40)).isEqualTo(first);
      assertThat(all).allMatch(document -> document.getBoolean("visible"));
      database.drop();
    }
  }

  private static List<Document> documents(MongoDatabase database) {
    return database
        .getCollection(ReadModel.building("twice").products())
        .find()
        .sort(new Document("_id", 1))
        .into(new ArrayList<>());
  }

  private static Map<Long, Collection<Change.OfProduct>> products(long from, long to) {
    Map<Long, Collection<Change.OfProduct>> products = new HashMap<>();
    for (long id = from; id <= to; id++) {
      products.put(
          id,
          List.of(
              new ProductWritten(
                  id, 1, 1, "사과 " + id, "", "과일", "농장", Map.of(), List.of(), TIME, TIME),
              new ListingWritten(100 + id, 1, id, 9, 1_000, "KRW", "ON_SALE", 5, 1, TIME)));
    }
    return products;
  }
}
