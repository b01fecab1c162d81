package jangteo.chassis.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.mongodb.WriteConcern;
import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import jangteo.testkit.TestServers;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.bson.Document;
import org.junit.jupiter.api.Test;

class MongoTest {

  /** The driver writes records that it can reach. */
  public record Thing(String name, UUID id) {}

  @Test
  void startsWithoutItsServerAndRecoversByItself() throws Exception {
    String uri = TestServers.mongo("thing");
    String jdbcLike = "jdbc:" + uri;
    try (Link link = Link.to(jdbcLike)) {
      link.cut();
      // A direct connection: the replica set would send the driver around the link.
      String through = link.through(uri).replaceAll("\\?.*", "?directConnection=true");
      Mongo mongo = Mongo.create("test", Config.just(ConfigSources.create(Map.of("uri", through))));
      mongo.start();
      try {
        assertThat(mongo.readiness().ready()).isFalse();
        assertAway(mongo);

        link.mend();
        await().atMost(Duration.ofSeconds(20)).until(() -> mongo.readiness().ready());
        mongo.database().getCollection("things").insertOne(new Document("name", "장터"));

        link.cut();
        await().atMost(Duration.ofSeconds(20)).until(() -> !mongo.readiness().ready());
        assertAway(mongo);

        link.mend();
        await().atMost(Duration.ofSeconds(20)).until(() -> mongo.readiness().ready());
        assertThat(mongo.database().getCollection("things").countDocuments()).isEqualTo(1);
      } finally {
        mongo.stop();
      }
    }
  }

  @Test
  void writesAreTheMajoritysAndRecordsAreDocuments() {
    Mongo mongo =
        Mongo.create(
            "test", Config.just(ConfigSources.create(Map.of("uri", TestServers.mongo("thing")))));
    mongo.start();
    try {
      await().atMost(Duration.ofSeconds(20)).until(() -> mongo.readiness().ready());
      Thing thing = new Thing("장터", UUID.randomUUID());
      var things = mongo.database().getCollection("things", Thing.class);
      things.insertOne(thing);

      assertThat(things.find().first()).isEqualTo(thing);
      assertThat(things.getWriteConcern().getWObject())
          .isEqualTo(WriteConcern.MAJORITY.getWObject());
    } finally {
      mongo.stop();
    }
  }

  private static void assertAway(Mongo mongo) {
    long start = System.nanoTime();
    Throwable thrown =
        catchThrowable(() -> mongo.database().getCollection("things").countDocuments());
    assertThat(thrown).isNotNull();
    assertThat(Outages.passing(thrown)).as(thrown.toString()).isTrue();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
  }
}
