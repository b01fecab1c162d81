package jangteo.chassis.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jangteo.chassis.data.Placeholders;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A row of the outbox, read and deleted on the connection that holds the relay's lock. */
record OutboxRow(
    long id,
    String topic,
    String key,
    Optional<byte[]> value,
    Map<String, String> headers,
    Instant createdAt) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};

  /**
   * The lowest rows, in order. Never "the rows after the last one": a lower one may commit later.
   *
   * @param most rows
   * @param bytes of values, with which no further row is read
   */
  static List<OutboxRow> lowest(Connection connection, int most, long bytes) throws SQLException {
    String sql =
        """
        SELECT id, topic, record_key, value, headers, created_at FROM outbox ORDER BY id LIMIT ?
        """;
    try (var statement = connection.prepareStatement(sql)) {
      statement.setInt(1, most);
      // Not all at once, where the driver can: rows may be large.
      statement.setFetchSize(100);
      List<OutboxRow> rows = new ArrayList<>();
      long read = 0;
      try (ResultSet found = statement.executeQuery()) {
        while (read < bytes && found.next()) {
          rows.add(
              new OutboxRow(
                  found.getLong("id"),
                  found.getString("topic"),
                  found.getString("record_key"),
                  Optional.ofNullable(found.getBytes("value")),
                  headers(found.getString("headers")),
                  found.getTimestamp("created_at").toInstant()));
          read += rows.getLast().size();
        }
      }
      return rows;
    }
  }

  /** Bytes of all values. */
  static long bytes(List<OutboxRow> rows) {
    return rows.stream().mapToLong(OutboxRow::size).sum();
  }

  private long size() {
    return value.map(it -> it.length).orElse(0);
  }

  static void delete(Connection connection, List<OutboxRow> rows) throws SQLException {
    try (var statement =
        connection.prepareStatement(
            "DELETE FROM outbox WHERE id IN " + Placeholders.list(rows.size()))) {
      for (int i = 0; i < rows.size(); i++) {
        statement.setLong(i + 1, rows.get(i).id());
      }
      statement.executeUpdate();
    }
  }

  ProducerRecord<byte[], byte[]> record(Kafka kafka) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            kafka.topic(topic), key.getBytes(StandardCharsets.UTF_8), value.orElse(null));
    Headers.add(record, headers);
    return record;
  }

  private static Map<String, String> headers(String json) {
    try {
      return JSON.readValue(json, HEADERS);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
