package jangteo.aggregate.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.ReadConcern;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import jangteo.aggregate.domain.Change;
import jangteo.aggregate.domain.Change.ListingErased;
import jangteo.aggregate.domain.Change.ListingWritten;
import jangteo.aggregate.domain.Change.SellerErased;
import jangteo.aggregate.domain.Change.SellerNamed;
import jangteo.chassis.text.TextAnalysis;
import jangteo.testkit.TestServers;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A listing's writer is stopped between its look and its write, and meanwhile another instance
 * changes what it saw. The other finds no document to change; the writer has to see it.
 */
final class LookAgainTest {

  private static final TextAnalysis TEXT = new TextAnalysis();
  private static final ListingWritten LISTING =
      new ListingWritten(101, 1, 1, 11, 1_000, "KRW", "ON_SALE", 5, 1, Instant.EPOCH);

  private final AtomicReference<Runnable> beforeWrite = new AtomicReference<>(() -> {});
  private final String uri = TestServers.mongo("search");
  private MongoClient slowClient;
  private MongoClient otherClient;
  private Catalogue slow;
  private Catalogue other;

  @BeforeEach
  void connect() {
    slowClient = client(new BeforeProductsWrite());
    otherClient = client(new CommandListener() {});
    slow = new Catalogue(database(slowClient), TEXT);
    other = new Catalogue(database(otherClient), TEXT);
    other.apply(List.of(new SellerNamed(11, 1, "옛 이름")));
  }

  @AfterEach
  void close() {
    slowClient.close();
    otherClient.close();
  }

  @Test
  void aNameThatChangesMeanwhileIsSeen() {
    whileWriting(new SellerNamed(11, 2, "새 이름"));
    assertThat(document().getList("sellers", Document.class))
        .extracting(seller -> seller.getString("name"))
        .containsExactly("새 이름");
  }

  @Test
  void aSellerErasedMeanwhileIsSeen() {
    whileWriting(new SellerErased(11, 2));
    assertThat(document().getList("sellers", Document.class))
        .containsExactly(new Document("id", 11L).append("version", 2L).append("erased", true));
  }

  @Test
  void aListingErasedMeanwhileIsSeen() {
    whileWriting(new ListingErased(101, 2));
    assertThat(document().getList("listings", Document.class)).isEmpty();
  }

  private void whileWriting(Change change) {
    beforeWrite.set(() -> other.apply(List.of(change)));
    slow.apply(List.of(LISTING));
    assertThat(beforeWrite.get()).as("the other came between").isNull();
  }

  private Document document() {
    return database(otherClient).getCollection(Indexes.PRODUCTS).find().first();
  }

  private MongoDatabase database(MongoClient client) {
    return client.getDatabase(new ConnectionString(uri).getDatabase());
  }

  private MongoClient client(CommandListener listener) {
    return MongoClients.create(
        MongoClientSettings.builder()
            .applyConnectionString(new ConnectionString(uri))
            .readConcern(ReadConcern.MAJORITY)
            .writeConcern(WriteConcern.MAJORITY)
            .addCommandListener(listener)
            .build());
  }

  private final class BeforeProductsWrite implements CommandListener {

    @Override
    public void commandStarted(CommandStartedEvent event) {
      boolean write =
          event.getCommandName().equals("update")
              && event.getCommand().getString("update").getValue().equals(Indexes.PRODUCTS);
      Runnable first = write ? beforeWrite.getAndSet(null) : null;
      if (first != null) {
        first.run();
      }
    }
  }
}
