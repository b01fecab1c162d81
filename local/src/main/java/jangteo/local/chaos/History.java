package jangteo.local.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All operations in the order of their ends, kept in memory and written to a file as they end. */
final class History implements AutoCloseable {
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private final List<Operation> operations = new ArrayList<>();
  private final BufferedWriter file;

  /** Writes one JSON object a line to that file, over what it held before. */
  History(Path file) throws IOException {
    this.file = Files.newBufferedWriter(file);
  }

  synchronized void add(Operation operation) throws IOException {
    operations.add(operation);
    file.write(JSON.writeValueAsString(line(operation)));
    file.newLine();
  }

  synchronized List<Operation> all() {
    return List.copyOf(operations);
  }

  private static ObjectNode line(Operation operation) {
    ObjectNode line =
        JSON.createObjectNode()
            .put("begin", operation.begin().toString())
            .put("end", operation.end().toString())
            .put("who", operation.who())
            .put("kind", operation.kind().name())
            .put("key", operation.key())
            .put("outcome", operation.outcome().name())
            .put("http", operation.status())
            .put("problem", operation.problem());
    Sight order = operation.order();
    if (order != null) {
      line.put("orderId", order.orderId())
          .put("version", order.version())
          .put("status", order.status())
          .put("reason", order.reason())
          .put("placedAt", text(order.placedAt()))
          .put("deadline", text(order.deadline()))
          .put("endedAt", text(order.endedAt()));
    }
    return line;
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }

  @Override
  public synchronized void close() throws IOException {
    file.close();
  }
}
