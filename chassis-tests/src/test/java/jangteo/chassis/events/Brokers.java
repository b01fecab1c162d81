package jangteo.chassis.events;

import static org.awaitility.Awaitility.await;

import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import jangteo.member.v1.MemberChanged;
import jangteo.testkit.TestServers;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/** Ways to a real broker, and events to send there. */
final class Brokers {

  private Brokers() {}

  /** What a subscription of item to members reads and writes. */
  static final String[] OF_ITEM = {"members", "members.item.dlt", "members.item.replay"};

  /**
   * A started way to the shared broker under this prefix, its topics created. What is asked for
   * later is made with the next look at the broker, up to two seconds after that.
   */
  static Kafka ready(String service, String prefix, String... topics) {
    Kafka kafka = at(service, TestServers.kafka(), prefix);
    kafka.ensure(topics);
    kafka.start();
    await().atMost(Duration.ofSeconds(30)).until(() -> kafka.readiness().ready());
    return kafka;
  }

  /** A way to this broker that is not started. */
  static Kafka at(String service, String address, String prefix) {
    Config config =
        Config.just(ConfigSources.create(Map.of("bootstrap-servers", address, "prefix", prefix)));
    return Kafka.create(service, config, Clock.systemUTC());
  }

  static MemberChanged member(long id, long version) {
    return MemberChanged.newBuilder().setMemberId(id).setVersion(version).setName("김장터").build();
  }

  /** What a member's change looks like on the topic {@code members}. */
  static Event changed(long id, long version) {
    return Event.of("members", Long.toString(id), member(id, version)).withVersion(version);
  }
}
