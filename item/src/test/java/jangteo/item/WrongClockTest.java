package jangteo.item;

import static jangteo.item.v1.StockOutcome.STOCK_OUTCOME_ACCEPTED;
import static jangteo.item.v1.StockOutcome.STOCK_OUTCOME_EXPIRED;
import static jangteo.item.v1.StockOutcome.STOCK_OUTCOME_RELEASED;
import static org.assertj.core.api.Assertions.assertThat;

import jangteo.item.domain.Stock;
import jangteo.item.v1.StockOutcome;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/**
 * Item's clock is not order's: an order's five seconds and the tolerance of two bear six (design,
 * section 7).
 */
class WrongClockTest {

  private static AnOrder due(long listing, int inSeconds) {
    return AnOrder.of(listing, 1).due(Instant.now().plusSeconds(inSeconds));
  }

  @Test
  void sixSecondsAheadItStillSellsAndDoesNothingForWhatIsOver() {
    try (RunningItem item = RunningItem.start("clock.offset", "PT6S");
        Topics topics = item.topics()) {
      long a = item.listing(item.product("우산"), AnOrder.PRICE, 10);
      atWork(topics, a);
      AnOrder inTime = due(a, 5);
      AnOrder over = due(a, -3);

      topics.tell(inTime.placed(), over.placed());

      assertThat(outcome(topics, inTime, 1)).isEqualTo(STOCK_OUTCOME_ACCEPTED);
      assertThat(outcome(topics, over, 1)).isEqualTo(STOCK_OUTCOME_EXPIRED);
      assertThat(item.stock(a)).isEqualTo(new Stock(10, 2, 0, 10, 0, 0));
    }
  }

  /** Four seconds: from five on, the tokens that the test makes are from the future. */
  @Test
  void behindItTakesUpWhatIsOverAndGivesItBack() {
    try (RunningItem item = RunningItem.start("clock.offset", "PT-4S");
        Topics topics = item.topics()) {
      long a = item.listing(item.product("우산"), AnOrder.PRICE, 10);
      AnOrder over = due(a, -3);

      topics.tell(over.placed(), over.cancelled());

      assertThat(outcome(topics, over, 1)).isEqualTo(STOCK_OUTCOME_ACCEPTED);
      assertThat(outcome(topics, over, 2)).isEqualTo(STOCK_OUTCOME_RELEASED);
      assertThat(item.stock(a)).isEqualTo(new Stock(10, 0, 0, 10, 0, 0));
    }
  }

  /** From here on an order is taken up at once. */
  private static void atWork(Topics topics, long listing) {
    AnOrder first = due(listing, 60);
    topics.tell(first.placed());
    assertThat(outcome(topics, first, 1)).isEqualTo(STOCK_OUTCOME_ACCEPTED);
  }

  private static StockOutcome outcome(Topics topics, AnOrder order, int number) {
    return topics.replies(order.id(), number).get(number - 1).getOutcome();
  }
}
