package jangteo.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jangteo.local.servers.Ports;
import jangteo.testkit.Rest;
import jangteo.testkit.ServiceProcess;
import jangteo.testkit.TestTokens;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The only instance of member is killed as soon as it has answered. */
class KilledMemberTest {

  @Test
  @Tag("ASVS-7.4.1")
  void aLogoutThatWasAnsweredIsKnownToEveryService() {
    Map<String, String> config = RunningMember.freshPlaces();
    int port = Ports.free(1).getFirst();
    try (ServiceProcess member = RunningMember.process(config, port)) {
      await().atMost(Duration.ofMinutes(2)).until(member::ready);
      Person.Login left = Person.signUp(new Rest("http://127.0.0.1:" + port), "민지").login();

      assertThat(left.rest().post("/api/v1/auth/logout").status()).isEqualTo(204);
      member.kill();

      assertThat(RunningMember.events(config, "token-blocks"))
          .extracting(ConsumerRecord::key)
          .containsExactly("jti:" + TestTokens.claims(left.accessToken()).path("jti").asText());
    }
  }
}
