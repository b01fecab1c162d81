package jangteo.aggregate.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ConnectionString;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import jangteo.testkit.TestServers;
import org.bson.Document;
import org.junit.jupiter.api.Test;

final class IndexesTest {

  @Test
  void whatAnotherIndexHasTakenThePlaceOfGoes() {
    ConnectionString uri = new ConnectionString(TestServers.mongo("indexes"));
    try (MongoClient client = MongoClients.create(uri)) {
      MongoDatabase database = client.getDatabase(uri.getDatabase());
      MongoCollection<Document> products = database.getCollection("products");
      products.createIndex(new Document("terms", 1));

      Indexes indexes = new Indexes(database);
      indexes.create();
      indexes.create();

      assertThat(products.listIndexes().map(index -> index.getString("name")))
          .contains("terms_1__id_-1")
          .doesNotContain("terms_1");
      database.drop();
    }
  }
}
