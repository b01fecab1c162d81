package jangteo.order;

import static org.assertj.core.api.Assertions.assertThat;

import jangteo.testkit.Rest.Answer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More orders than the saga takes. */
class OverloadTest {
  private static final long BUYER = 7;
  private static final int MANY = 40;

  @Test
  void whatWouldOnlyWaitIsRefusedAtOnceAndTakenLater(@TempDir Path folder) throws Exception {
    try (Shop shop = new Shop(folder, Map.of("orders.waiting-limit", "1"))) {
      List<Answer> answers = atOnce(shop);

      assertThat(answers).extracting(Answer::status).contains(202, 503).containsOnly(202, 503);
      assertThat(answers)
          .filteredOn(answer -> answer.status() == 503)
          .allSatisfy(
              answer -> {
                assertThat(answer.header("Retry-After")).isPresent();
                assertThat(answer.body().get("detail").asText()).contains("Too many orders");
              });
      for (int i = 0; i < 3; i++) { // each has left its place to the next
        assertThat(Shop.ordersTeapot(shop.member(BUYER)).status()).isEqualTo(202);
      }
    }
  }

  private static List<Answer> atOnce(Shop shop) throws Exception {
    List<Future<Answer>> asked = new ArrayList<>();
    try (ExecutorService customers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < MANY; i++) {
        asked.add(customers.submit(() -> Shop.ordersTeapot(shop.member(BUYER))));
      }
    }
    List<Answer> answers = new ArrayList<>();
    for (Future<Answer> each : asked) {
      answers.add(each.get());
    }
    return answers;
  }
}
