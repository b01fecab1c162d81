package jangteo.item;

import static jangteo.item.v1.StockOutcome.STOCK_OUTCOME_RELEASED;
import static org.assertj.core.api.Assertions.assertThat;

import jangteo.chassis.data.Database;
import jangteo.item.domain.Stock;
import jangteo.item.events.StepPruner;
import jangteo.item.store.StepStore;
import jangteo.item.v1.StockReply;
import jangteo.order.v1.OrderEvent;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Steps of orders that are long over. */
class StepPrunerTest {

  private static RunningItem item;
  private static Topics topics;
  private static Database database;

  @BeforeAll
  static void start() {
    item = RunningItem.start();
    topics = item.topics();
    database = item.openDatabase();
  }

  @AfterAll
  static void stop() {
    database.stop();
    topics.close();
    item.close();
  }

  @Test
  void onlyWhatEndedWithoutASaleAndLongAgoIsForgotten() {
    long a = item.listing(item.product("연필"), AnOrder.PRICE, 100);
    AnOrder open = AnOrder.of(a, 1);
    AnOrder sold = AnOrder.of(a, 1);
    AnOrder returned = AnOrder.of(a, 1);
    AnOrder recent = AnOrder.of(a, 1);
    List<AnOrder> over = Stream.generate(() -> AnOrder.of(a, 1)).limit(1_200).toList();
    topics.tell(open.placed(), sold.placed(), sold.confirmed());
    topics.tell(returned.placed(), returned.confirmed(), returned.returned());
    topics.tell(recent.placed(), recent.cancelled());
    topics.tell(
        over.stream()
            .flatMap(order -> Stream.of(order.placed(), order.cancelled()))
            .toArray(OrderEvent[]::new));
    topics.replies(reply -> reply.getOutcome() == STOCK_OUTCOME_RELEASED, over.size() + 2);
    Stock before = item.stock(a);
    database.read(
        sql ->
            sql.execute(
                "UPDATE order_steps SET taken_at = taken_at - INTERVAL 8 DAY WHERE order_id <> ?",
                recent.id()));

    var pruner =
        new StepPruner(
            database, new StepStore(Duration.ofSeconds(30)), Duration.ofDays(7), Clock.systemUTC());
    int runs = 1;
    while (pruner.prune()) {
      runs++;
    }

    assertThat(runs).isGreaterThan(2);
    assertThat(steps(over.getFirst())).isZero();
    assertThat(steps(over.getLast())).isZero();
    assertThat(steps(open)).isEqualTo(1);
    assertThat(steps(sold)).isEqualTo(2);
    assertThat(steps(returned)).isEqualTo(3);
    assertThat(steps(recent)).isEqualTo(2);
    int left = database.read(sql -> sql.all("SELECT step FROM order_steps")).size();
    assertThat(left).isEqualTo(8);

    topics.tell(over.getFirst().cancelled(), sold.returned());
    List<StockReply> again = topics.replies(over.getFirst().id(), 3);
    assertThat(again.getLast().getOutcome()).isEqualTo(STOCK_OUTCOME_RELEASED);
    topics.replies(sold.id(), 3);
    assertThat(item.stock(a))
        .isEqualTo(
            new Stock(
                before.onHand() + 1,
                before.reserved(),
                before.sold(),
                before.initial(),
                before.adjusted(),
                before.restocked() + 1));
  }

  private static int steps(AnOrder order) {
    return database
        .read(sql -> sql.all("SELECT step FROM order_steps WHERE order_id = ?", order.id()))
        .size();
  }
}
