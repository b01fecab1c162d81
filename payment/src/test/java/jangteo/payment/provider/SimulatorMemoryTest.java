package jangteo.payment.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import jangteo.chassis.data.Database;
import jangteo.payment.domain.ProviderAnswer;
import jangteo.payment.domain.ProviderAnswer.Declined;
import jangteo.payment.domain.ProviderAnswer.Done;
import jangteo.payment.provider.SimulatorMemory.Call;
import jangteo.testkit.TestServers;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Many callers at once, on the real database. */
class SimulatorMemoryTest {

  private static Database database;
  private static SimulatorMemory memory;

  @BeforeAll
  static void start() {
    Config config = Config.just(ConfigSources.create(TestServers.database("payment").settings()));
    database = Database.create("payment", config.get("db"), Clock.systemUTC());
    database.start();
    await().atMost(Duration.ofSeconds(60)).until(() -> database.readiness().ready());
    memory = new SimulatorMemory(database, Clock.systemUTC());
  }

  @AfterAll
  static void stop() {
    database.stop();
  }

  @Test
  void everyCallerOfAKeyHearsWhatTheFirstOneDid() {
    List<Call> calls = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      calls.add(done("key-" + i % 50, "reference-" + i));
    }

    List<ProviderAnswer> answers = rememberedAtOnce(calls);

    for (int i = 0; i < calls.size(); i++) {
      assertThat(answers.get(i)).isEqualTo(answers.get(i % 50));
      assertThat(memory.recall("key-" + i % 50)).contains(answers.get(i));
    }
    assertThat(answers.stream().distinct()).hasSize(50);
  }

  @Test
  void nothingComesThroughUnderAKeyThatWasDeclined() {
    memory.decline("void-1", "Authorize", "VOIDED");
    assertThat(memory.remember(done("void-1", "late"))).isEqualTo(new Declined("VOIDED"));

    assertThat(memory.remember(done("void-2", "early"))).isEqualTo(new Done("early"));
    memory.decline("void-2", "Authorize", "VOIDED");
    assertThat(memory.recall("void-2")).contains(new Declined("VOIDED"));
  }

  private static Call done(String key, String reference) {
    return new Call(key, "Authorize", Optional.empty(), reference);
  }

  private static List<ProviderAnswer> rememberedAtOnce(List<Call> calls) {
    List<Future<ProviderAnswer>> answers = new ArrayList<>();
    try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
      calls.forEach(call -> answers.add(each.submit(() -> memory.remember(call))));
    }
    return answers.stream().map(Future::resultNow).toList();
  }
}
