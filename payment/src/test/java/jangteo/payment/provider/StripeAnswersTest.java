package jangteo.payment.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.helidon.config.Config;
import jangteo.payment.domain.Money;
import jangteo.payment.domain.Provider;
import jangteo.payment.domain.ProviderAnswer;
import jangteo.payment.domain.ProviderAnswer.Declined;
import jangteo.payment.domain.ProviderAnswer.Done;
import jangteo.payment.domain.ProviderAnswer.Unknown;
import jangteo.payment.domain.ProviderCall.Authorize;
import jangteo.payment.domain.ProviderCall.Capture;
import jangteo.payment.domain.ProviderCall.Refund;
import jangteo.payment.domain.ProviderCall.VoidAuthorization;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What Stripe's answers come to. stripe-mock declines nothing and never fails, so that the answers,
 * as Stripe's reference has them, are played by a server of the test's own.
 */
class StripeAnswersTest {

  private static final Money WON = new Money(12_900, "KRW");
  private static final Authorize AUTHORIZE = new Authorize("p:AUTHORIZING", WON, "pm_card_visa");
  private static final String HELD = intent("requires_capture");

  private final Queue<Answer> answers = new ArrayDeque<>();
  private final List<Request> requests = new ArrayList<>();
  private HttpServer server;
  private Provider stripe;

  private record Answer(int status, String body) {}

  private record Request(String path, String key, String body) {}

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    stripe = StripeMockTest.provider("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aHoldIsAskedForUnderItsKeyAndToBeCapturedLater() {
    play(200, HELD);
    assertThat(stripe.carryOut(AUTHORIZE)).isEqualTo(new Done("pi_1"));
    Request request = requests.getFirst();
    assertThat(request.path()).isEqualTo("/v1/payment_intents");
    assertThat(request.key()).isEqualTo("p:AUTHORIZING");
    assertThat(request.body())
        .contains("amount=12900", "currency=krw", "capture_method=manual", "confirm=true")
        .contains("payment_method=pm_card_visa", "error_on_requires_action=true");
  }

  @ParameterizedTest
  @CsvSource({
    "card_declined, generic_decline, PAYMENT_DECLINED",
    "card_declined, insufficient_funds, INSUFFICIENT_FUNDS",
    "expired_card, , PAYMENT_DECLINED",
    "authentication_required, authentication_required, PAYMENT_DECLINED"
  })
  void aRefusalOfTheCardIsKnown(String code, String declineCode, String reason) {
    play(402, error("card_error", code, ", \"decline_code\": \"" + declineCode + "\""));
    assertThat(stripe.carryOut(AUTHORIZE)).isEqualTo(new Declined(reason));
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 429, 409, 401})
  void whatIsNoRefusalIsNotKnown(int status) {
    play(status, error(status == 409 ? "idempotency_error" : "api_error", "x", ""));
    assertThat(stripe.carryOut(AUTHORIZE)).isInstanceOf(Unknown.class);
  }

  @Test
  void aConnectionThatBreaksIsNotKnown() {
    server.stop(0);
    assertThat(stripe.carryOut(AUTHORIZE)).isInstanceOf(Unknown.class);
  }

  @Test
  void theSameCallHasTheSameKeyEachTime() {
    play(500, error("api_error", "x", ""));
    play(200, HELD);
    assertThat(stripe.carryOut(AUTHORIZE)).isInstanceOf(Unknown.class);
    assertThat(stripe.carryOut(AUTHORIZE)).isEqualTo(new Done("pi_1"));
    assertThat(requests).extracting(Request::key).containsOnly("p:AUTHORIZING");
  }

  @Test
  void aCaptureTakesWhatIsHeldOnce() {
    Capture capture = new Capture("p:CAPTURING", "pi_1", WON);
    play(200, intent("succeeded"));
    assertThat(stripe.carryOut(capture)).isEqualTo(new Done("pi_1"));
    assertThat(requests.getFirst().path()).isEqualTo("/v1/payment_intents/pi_1/capture");
    assertThat(requests.getFirst().body()).contains("amount_to_capture=12900");
    play(400, unexpected("succeeded"));
    assertThat(stripe.carryOut(capture)).isEqualTo(new Done("pi_1"));
  }

  @Test
  void aHoldThatHasExpiredCannotBeTakenForGood() {
    play(400, unexpected("canceled"));
    assertThat(stripe.carryOut(new Capture("p:CAPTURING", "pi_1", WON)))
        .isEqualTo(new Declined("PROVIDER_REFUSED"));
  }

  @Test
  void aVoidCancelsWhatIsHeld() {
    play(200, intent("canceled"));
    assertThat(voided(Optional.of("pi_1"))).isEqualTo(new Done("pi_1"));
    assertThat(requests)
        .extracting(Request::path)
        .containsExactly("/v1/payment_intents/pi_1/cancel");
    assertThat(requests).extracting(Request::key).containsExactly("p:VOIDING");
    play(400, unexpected("canceled"));
    assertThat(voided(Optional.of("pi_1"))).isEqualTo(new Done("pi_1"));
  }

  @Test
  void aVoidOfWhatNobodyKnowsAsksAgainFirst() {
    play(200, HELD);
    play(200, intent("canceled"));
    assertThat(voided(Optional.empty())).isEqualTo(new Done("pi_1"));
    assertThat(requests).extracting(Request::key).containsExactly("p:AUTHORIZING", "p:VOIDING");
  }

  @Test
  void aVoidOfWhatWasDeclinedHasNothingToDo() {
    play(402, error("card_error", "card_declined", ""));
    assertThat(voided(Optional.empty())).isEqualTo(new Done(""));
    play(500, error("api_error", "x", ""));
    assertThat(voided(Optional.empty())).isInstanceOf(Unknown.class);
  }

  @Test
  void aRefundNamesThePaymentAndTheAmount() {
    play(200, "{\"id\": \"re_1\", \"object\": \"refund\", \"status\": \"succeeded\"}");
    assertThat(stripe.carryOut(new Refund("p:REFUNDING_PART:r", "pi_1", new Money(4_000, "KRW"))))
        .isEqualTo(new Done("re_1"));
    assertThat(requests.getFirst().body()).contains("payment_intent=pi_1", "amount=4000");
    assertThat(requests.getFirst().key()).isEqualTo("p:REFUNDING_PART:r");
    play(400, error("invalid_request_error", "charge_already_refunded", ""));
    assertThat(stripe.carryOut(new Refund("k", "pi_1", WON)))
        .isEqualTo(new Declined("PROVIDER_REFUSED"));
  }

  @Test
  void withoutAKeyTheServiceDoesNotStart() {
    assertThatThrownBy(() -> StripeProvider.create(Config.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PROVIDER_STRIPE_API_KEY");
  }

  private ProviderAnswer voided(Optional<String> reference) {
    return stripe.carryOut(new VoidAuthorization("p:VOIDING", reference, AUTHORIZE));
  }

  private void play(int status, String body) {
    answers.add(new Answer(status, body));
  }

  private void answer(HttpExchange exchange) throws IOException {
    requests.add(
        new Request(
            exchange.getRequestURI().getPath(),
            exchange.getRequestHeaders().getFirst("Idempotency-Key"),
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
    Answer next = answers.remove();
    byte[] body = next.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(next.status(), body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static String intent(String status) {
    return """
        {"id": "pi_1", "object": "payment_intent", "status": "%s"}"""
        .formatted(status);
  }

  private static String error(String type, String code, String more) {
    return """
        {"error": {"type": "%s", "code": "%s", "message": "no"%s}}"""
        .formatted(type, code, more);
  }

  private static String unexpected(String status) {
    return error(
        "invalid_request_error",
        "payment_intent_unexpected_state",
        ", \"payment_intent\": " + intent(status));
  }
}
