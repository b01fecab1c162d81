package jangteo.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComplaintsTest {

  @Test
  void showsTheLastErrorsOfEachPart(@TempDir Path logs) throws Exception {
    Files.write(
        logs.resolve("kafka.log"),
        IntStream.rangeClosed(1, 9).mapToObj(i -> "12:00:0" + i + " ERROR out of sync").toList());
    Files.write(
        logs.resolve("order.log"),
        List.of("{\"level\":\"INFO\"}", "{\"level\":\"ERROR\",\"formattedMessage\":\"died\"}"));
    Files.write(logs.resolve("item.log"), List.of("{\"level\":\"WARN\",\"text\":\"no ERRORS\"}"));

    assertThat(new Complaints(logs).last())
        .containsExactly(
            "kafka: 12:00:06 ERROR out of sync",
            "kafka: 12:00:07 ERROR out of sync",
            "kafka: 12:00:08 ERROR out of sync",
            "kafka: 12:00:09 ERROR out of sync",
            "order: {\"level\":\"ERROR\",\"formattedMessage\":\"died\"}");
  }

  @Test
  void shortensLongLines(@TempDir Path logs) throws Exception {
    Files.writeString(logs.resolve("order.log"), "ERROR " + "x".repeat(10_000));

    assertThat(new Complaints(logs).last()).singleElement().asString().hasSizeLessThan(500);
  }
}
