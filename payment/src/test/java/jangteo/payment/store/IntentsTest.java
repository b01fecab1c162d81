package jangteo.payment.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import jangteo.chassis.data.Database;
import jangteo.payment.domain.Intent;
import jangteo.payment.domain.Method;
import jangteo.payment.domain.Money;
import jangteo.payment.domain.Payment;
import jangteo.payment.domain.PaymentIds;
import jangteo.payment.domain.PaymentState;
import jangteo.payment.domain.Step;
import jangteo.payment.domain.Task;
import jangteo.testkit.TestServers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who carries out an intent, on the real database. */
class IntentsTest {

  private static final Duration LEASE = Duration.ofMinutes(1);
  private static final Intents INTENTS = new Intents();
  private static Database database;
  private static long lastIntent;

  @BeforeAll
  static void start() {
    Config config = Config.just(ConfigSources.create(TestServers.database("payment").settings()));
    database = Database.create("payment", config.get("db"), Clock.systemUTC());
    database.start();
    await().atMost(Duration.ofSeconds(60)).until(() -> database.readiness().ready());
  }

  @AfterAll
  static void stop() {
    database.stop();
  }

  @Test
  void oneThatIsClaimedIsNobodyElsesWhateverHisClockSays() {
    Intent intent = intent(payment(), Step.AUTHORIZING);
    assertThat(claim(Instant.now())).containsExactly(intent.intentId());
    assertThat(claim(Instant.now().plusSeconds(6))).isEmpty();
    assertThat(claim(Instant.now().plusSeconds(3600))).isEmpty();
    database.transact(tx -> INTENTS.release(tx, List.of(intent.intentId())));
    assertThat(claim(Instant.now())).containsExactly(intent.intentId());
    conclude(intent);
  }

  @Test
  void aLeaseThatIsNotRenewedEnds() {
    Intent renewed = intent(payment(), Step.AUTHORIZING);
    Intent left = intent(payment(), Step.AUTHORIZING);
    Duration shortly = Duration.ofMillis(300);
    database.transact(tx -> INTENTS.claim(tx, 10, shortly, Instant.now()));
    database.transact(tx -> INTENTS.renew(tx, List.of(renewed.intentId()), LEASE));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> claim(Instant.now()), List.of(left.intentId())::equals);
    conclude(renewed);
    conclude(left);
  }

  @Test
  void aPaymentsStepsAreCarriedOutOneAfterTheOther() {
    Payment payment = payment();
    Intent first = intent(payment, Step.AUTHORIZING);
    Intent second = intent(payment, Step.VOIDING);
    assertThat(claim(Instant.now())).containsExactly(first.intentId());
    assertThat(claim(Instant.now())).isEmpty();
    conclude(first);
    assertThat(claim(Instant.now())).containsExactly(second.intentId());
    conclude(second);
  }

  private static List<Long> claim(Instant now) {
    return database.inTransaction(
        tx -> INTENTS.claim(tx, 10, LEASE, now).stream().map(Intent::intentId).toList());
  }

  private static void conclude(Intent intent) {
    Intent done = intent.done(jangteo.payment.domain.Outcome.EXPIRED, "");
    database.transact(tx -> INTENTS.conclude(tx, List.of(done), Instant.now()));
  }

  private static Intent intent(Payment payment, Step step) {
    Intent intent =
        Intent.open(++lastIntent, payment.paymentId(), Task.of(step, payment), Optional.empty());
    database.transact(tx -> INTENTS.add(tx, List.of(intent), Instant.now()));
    return intent;
  }

  private static Payment payment() {
    UUID order = UUID.randomUUID();
    Payment payment =
        new Payment(
            PaymentIds.ofOrder(order),
            Optional.of(order),
            7,
            Method.CARD,
            new Money(12_900, "KRW"),
            "tok_ok",
            Instant.now(),
            Instant.now(),
            new PaymentState.Requested());
    database.transact(tx -> new Payments(Duration.ofSeconds(30)).add(tx, List.of(payment)));
    return payment;
  }
}
