package jangteo.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import jangteo.local.shop.ShopService;
import jangteo.testkit.Rest;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.bson.Document;

/**
 * All that the running shop writes, stores and says to whoever looks after it, searched for pieces
 * of text. Bytes are compared, so that text inside of a message is found as well.
 */
final class Outputs {
  private static final RunningShop SHOP = RunningShop.get();
  private static final List<String> OBSERVED = List.of("metrics", "health", "info");
  private static final Set<Integer> BINARY =
      Set.of(Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB);

  private final Map<String, String> texts = new HashMap<>();
  private final Map<String, Set<String>> places = new TreeMap<>();

  /**
   * What is searched for.
   *
   * @param texts by what they are
   */
  Outputs(Map<String, String> texts) {
    texts.forEach(
        (what, text) -> this.texts.put(what, new String(text.getBytes(UTF_8), ISO_8859_1)));
  }

  /** Where what was found: places such as {@code log member} or {@code topic orders}. */
  Map<String, Set<String>> search() throws IOException, SQLException {
    logs();
    redis();
    observed();
    topics();
    try (Stores stores = new Stores()) {
      tables(stores);
      collections(stores);
    }
    return places;
  }

  /** Takes an answer for one of the places. */
  void answer(String place, Rest.Answer answer) {
    look(place, answer.body().toString().getBytes(UTF_8));
    look(place, answer.headers().toString().getBytes(UTF_8));
  }

  private void logs() throws IOException {
    try (Stream<Path> files = Files.list(SHOP.state().logs())) {
      for (Path file : files.toList()) {
        String place = "log " + file.getFileName().toString().replaceAll("\\.log(\\.1)?$", "");
        try (BufferedReader lines = Files.newBufferedReader(file, ISO_8859_1)) {
          lines.lines().forEach(line -> look(place, line));
        }
      }
    }
  }

  /** Its append-only file has every key and every value that it was ever told. */
  private void redis() throws IOException {
    try (Stream<Path> files = Files.walk(SHOP.state().data("redis"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        look("redis", Files.readAllBytes(file));
      }
    }
  }

  private void observed() {
    for (ShopService service : ShopService.ALL) {
      Rest admin = new Rest("http://127.0.0.1:" + SHOP.port(service.name() + ".admin"));
      for (String what : OBSERVED) {
        answer(what + " of " + service.name(), admin.get("/observe/" + what));
      }
    }
    Rest gateway = new Rest("http://127.0.0.1:" + SHOP.port("gateway.admin"));
    for (String path : List.of("/stats/prometheus", "/clusters", "/config_dump")) {
      answer("admin port of gateway", gateway.get(path));
    }
  }

  /** All records of all topics, also those of transactions that came to nothing. */
  private void topics() {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", "127.0.0.1:" + SHOP.port("kafka"), "max.poll.records", 10_000);
    try (var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.listTopics().values().stream()
              .flatMap(List::stream)
              .filter(info -> !info.topic().startsWith("__"))
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
        consumer.poll(Duration.ofMillis(100)).forEach(this::record);
      }
    }
  }

  private void record(ConsumerRecord<byte[], byte[]> record) {
    String place = "topic " + record.topic();
    Optional.ofNullable(record.key()).ifPresent(key -> look(place, key));
    Optional.ofNullable(record.value()).ifPresent(value -> look(place, value));
    for (Header header : record.headers()) {
      look(place, header.key());
      Optional.ofNullable(header.value()).ifPresent(value -> look(place, value));
    }
  }

  private void tables(Stores stores) throws SQLException {
    for (ShopService service : ShopService.ALL) {
      if (service.hasDatabase()) {
        try (Connection connection = stores.connect(service.name())) {
          for (String table : tables(connection)) {
            rows("table " + service.name() + "." + table, connection, table);
          }
        }
      }
    }
  }

  private static List<String> tables(Connection connection) throws SQLException {
    TreeSet<String> names = new TreeSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SHOW TABLES")) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return List.copyOf(names);
  }

  private void rows(String place, Connection connection, String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
      ResultSetMetaData columns = rows.getMetaData();
      while (rows.next()) {
        for (int column = 1; column <= columns.getColumnCount(); column++) {
          boolean binary = BINARY.contains(columns.getColumnType(column));
          value(rows, column, binary).ifPresent(value -> look(place, value));
        }
      }
    }
  }

  private static Optional<byte[]> value(ResultSet row, int column, boolean binary)
      throws SQLException {
    return binary
        ? Optional.ofNullable(row.getBytes(column))
        : Optional.ofNullable(row.getString(column)).map(value -> value.getBytes(UTF_8));
  }

  private void collections(Stores stores) {
    for (String database : List.of("orders", "search")) {
      for (String name : stores.database(database).listCollectionNames()) {
        for (Document document : stores.collection(database, name).find()) {
          look("collection " + database + "." + name, document.toJson().getBytes(UTF_8));
        }
      }
    }
  }

  private void look(String place, byte[] bytes) {
    look(place, text(bytes));
  }

  private void look(String place, String bytes) {
    texts.forEach(
        (what, text) -> {
          if (bytes.contains(text)) {
            places.computeIfAbsent(what, _ -> new TreeSet<>()).add(place);
          }
        });
  }

  private static String text(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }
}
