package jangteo.simulation;

import static jangteo.simulation.Scheduler.SECOND;

import jangteo.payment.domain.ProviderAnswer;
import jangteo.payment.domain.ProviderAnswer.Declined;
import jangteo.payment.domain.ProviderAnswer.Done;
import jangteo.payment.domain.ProviderAnswer.Unknown;
import jangteo.payment.domain.ProviderCall;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The provider of cards, which outlives all crashes: the same key gets the same answer, and after a
 * void nothing comes through under the authorisation's key. Steered by the card's token; the call
 * or its answer may be lost, late, or overtaken by the caller's patience.
 */
final class CardProvider {
  static final String OK = "tok_ok";
  static final String DECLINED = "tok_declined";
  static final String SLOW = "tok_slow_8s";
  static final String ERROR = "tok_error_500";
  static final String CHARGED_UNHEARD = "tok_timeout_then_charged";
  static final String CAPTURE_REFUSED = "tok_capture_refused";
  static final String CAPTURE_UNHEARD = "tok_capture_unheard";

  private static final long TIMEOUT = 10 * SECOND;

  enum Hold {
    HELD,
    DECLINED,
    VOIDED,
    TAKEN
  }

  /** What the provider knows under an authorisation's key. */
  static final class Card {
    final String token;
    final long amount;
    Hold hold;
    long taken;
    long givenBack;
    boolean unheard;

    Card(String token, long amount, Hold hold) {
      this.token = token;
      this.amount = amount;
      this.hold = hold;
    }
  }

  private final World world;
  private final Map<String, Card> cards = new HashMap<>();
  private final Map<String, ProviderAnswer> answers = new HashMap<>();

  CardProvider(World world) {
    this.world = world;
  }

  Collection<Card> cards() {
    return cards.values();
  }

  /** Carries out a call some time; what the caller gets to know of it may be nothing. */
  void ask(ProviderCall call, Consumer<ProviderAnswer> caller) {
    long there = world.weather().delay(world.chance());
    long back = world.weather().delay(world.chance());
    if (call instanceof ProviderCall.Authorize(var _, var _, var token) && token.equals(SLOW)) {
      there += 8 * SECOND;
    }
    boolean lost = world.chance().oneIn(world.weather().failures());
    boolean arrives = !lost || world.chance().oneIn(2);
    boolean heard = !lost && there + back < TIMEOUT;
    if (arrives) {
      world
          .scheduler()
          .after(
              there,
              () -> {
                ProviderAnswer answer = carryOut(call);
                if (heard) {
                  world.scheduler().after(back, () -> caller.accept(answer));
                }
              });
    }
    if (!heard) {
      world.scheduler().after(TIMEOUT, () -> caller.accept(new Unknown("timeout")));
    }
  }

  private ProviderAnswer carryOut(ProviderCall call) {
    ProviderAnswer answer =
        switch (call) {
          case ProviderCall.Authorize(var key, var amount, var token) ->
              authorize(cards.computeIfAbsent(key, _ -> card(token, amount.amount())), key);
          case ProviderCall.Capture(var key, var reference, var amount) ->
              capture(key, card(reference), reference, amount.amount());
          case ProviderCall.VoidAuthorization(var _, var _, var authorization) ->
              voided(authorization.key());
          case ProviderCall.Refund(var key, var reference, var amount) ->
              once(
                  key,
                  () -> {
                    Card card = card(reference);
                    card.givenBack += amount.amount();
                    InvariantBroken.unless(
                        card.givenBack <= card.taken,
                        "no more goes back than was taken",
                        reference);
                    return new Done(reference);
                  });
          case ProviderCall.Charge charge -> throw new InvariantBroken("no deposits: " + charge);
        };
    if (world.trace().written()) {
      world.trace().detail("provider", call + " → " + answer);
    }
    return answer;
  }

  private static Card card(String token, long amount) {
    return new Card(token, amount, token.equals(DECLINED) ? Hold.DECLINED : Hold.HELD);
  }

  private ProviderAnswer authorize(Card card, String key) {
    if (card.hold == Hold.VOIDED || card.hold == Hold.DECLINED) {
      return new Declined(card.hold == Hold.VOIDED ? "VOIDED" : "PAYMENT_DECLINED");
    }
    if (card.token.equals(ERROR)) {
      cards.remove(key);
      return new Unknown("500");
    }
    if (card.token.equals(CHARGED_UNHEARD) && !card.unheard) {
      card.unheard = true;
      return new Unknown("timeout after it was held");
    }
    return new Done(key);
  }

  private ProviderAnswer capture(String key, Card card, String reference, long amount) {
    if (card.token.equals(CAPTURE_REFUSED)) {
      return new Declined("CARD_BLOCKED");
    }
    ProviderAnswer answer =
        once(
            key,
            () -> {
              if (card.hold == Hold.VOIDED || card.hold == Hold.DECLINED) {
                return new Declined("NOT_HELD");
              }
              card.hold = Hold.TAKEN;
              card.taken += amount;
              InvariantBroken.unless(
                  card.taken <= card.amount, "a card is charged once", reference);
              return new Done(reference);
            });
    if (card.token.equals(CAPTURE_UNHEARD) && !card.unheard) {
      card.unheard = true;
      return new Unknown("timeout after it was taken");
    }
    return answer;
  }

  private ProviderAnswer voided(String authorizationKey) {
    Card card = cards.computeIfAbsent(authorizationKey, _ -> new Card("", 0, Hold.VOIDED));
    if (card.hold == Hold.TAKEN) {
      return new Declined("TAKEN");
    }
    if (card.hold == Hold.HELD) {
      card.hold = Hold.VOIDED;
    }
    return new Done(authorizationKey);
  }

  private ProviderAnswer once(String key, Supplier<ProviderAnswer> first) {
    ProviderAnswer before = answers.get(key);
    if (before != null) {
      return before;
    }
    ProviderAnswer answer = first.get();
    answers.put(key, answer);
    return answer;
  }

  private Card card(String reference) {
    Card card = cards.get(reference);
    if (card == null) {
      throw new InvariantBroken("the provider knows no " + reference);
    }
    return card;
  }
}
