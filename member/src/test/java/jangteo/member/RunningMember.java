package jangteo.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jangteo.chassis.Service;
import jangteo.chassis.ServiceConfig;
import jangteo.local.mail.MailFolder;
import jangteo.local.mail.MailSink;
import jangteo.testkit.Rest;
import jangteo.testkit.ServiceProcess;
import jangteo.testkit.TestServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The member service inside this JVM, on servers of the test kit. */
final class RunningMember implements AutoCloseable {

  static final String ADMIN_EMAIL = "admin@example.com";
  static final String ADMIN_PASSWORD = "an admin's password";

  private static final Path MAILS = mails();
  private static final MailSink MAIL = sink();
  private static final String READY = "/observe/health/ready";

  private final Service service;
  private final Map<String, String> config;

  private RunningMember(Service service, Map<String, String> config) {
    this.service = service;
    this.config = config;
  }

  /** A fresh member with nobody in it, but the admin. */
  static RunningMember start(Map<String, String> overrides) {
    Map<String, String> config = freshPlaces();
    config.putAll(overrides);
    return startOn(config);
  }

  /** Places of a member's own on the servers of the test kit. */
  static Map<String, String> freshPlaces() {
    Map<String, String> config = new HashMap<>(TestServers.database("member").settings());
    config.put("kafka.prefix", TestServers.prefix());
    config.put("redis.uri", TestServers.redis());
    return config;
  }

  /** A member on servers that the configuration names; several can share them. */
  static RunningMember startOn(Map<String, String> config) {
    RunningMember member = beginOn(config);
    Rest admin = new Rest("http://127.0.0.1:" + member.service.adminPort());
    await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(
            () ->
                assertThat(member.service.ready())
                    .as(() -> admin.get(READY).body().toString())
                    .isTrue());
    return member;
  }

  /** The same as soon as it listens, ready or not. */
  static RunningMember beginOn(Map<String, String> config) {
    Map<String, String> all = complete(config);
    return new RunningMember(Service.start("member", ServiceConfig.of(all), Main::wire), all);
  }

  /** A member that can be killed, in a process of its own. */
  static ServiceProcess process(Map<String, String> config, int port) {
    Map<String, String> all = complete(config);
    all.put("server.port", Integer.toString(port));
    return ServiceProcess.start(Main.class.getName(), all);
  }

  private static Map<String, String> complete(Map<String, String> config) {
    Map<String, String> all = new HashMap<>();
    all.put("server.port", "0");
    all.put("admin.port", "0");
    all.put("grpc.port", "0");
    all.put("kafka.bootstrap-servers", TestServers.kafka());
    all.put("signing-keys.bits", "2048"); // a longer one takes seconds to find
    all.put("mail.port", Integer.toString(MAIL.port()));
    all.put("jangteo.admin.email", ADMIN_EMAIL);
    all.put("jangteo.admin.password", ADMIN_PASSWORD);
    all.putAll(config);
    return all;
  }

  Rest rest() {
    return new Rest("http://127.0.0.1:" + service.port());
  }

  int grpcPort() {
    return service.grpcPort();
  }

  /** All records of a topic, in order per key. */
  List<ConsumerRecord<String, byte[]>> events(String topic) {
    return events(config, topic);
  }

  /** The same, of a member that has that configuration. */
  static List<ConsumerRecord<String, byte[]>> events(Map<String, String> config, String topic) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            TestServers.kafka(),
            "isolation.level",
            "read_committed",
            "auto.offset.reset",
            "earliest");
    try (var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(config.get("kafka.prefix") + topic).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
      return records;
    }
  }

  /** The first column of a query's rows. */
  List<String> query(String sql, String... args) {
    try (Connection connection = connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < args.length; i++) {
        statement.setString(i + 1, args[i]);
      }
      ResultSet rows = statement.executeQuery();
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Does a statement behind the service's back. */
  void execute(String sql, String... args) {
    try (Connection connection = connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < args.length; i++) {
        statement.setString(i + 1, args[i]);
      }
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What the newest mail to that address says whose subject has that word, once there is one. */
  String mailTo(String email, String subject) {
    return await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                mailsTo(email).reversed().stream()
                    .filter(mail -> mail.subject().contains(subject))
                    .findFirst(),
            Optional::isPresent)
        .orElseThrow()
        .text();
  }

  /** All mails to that address. */
  List<MailFolder.Mail> mailsTo(String email) {
    try {
      return MailFolder.newest(MAILS, Integer.MAX_VALUE, Optional.of(email));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The tables that have the text in any column. */
  List<String> tablesWith(String text) {
    return query(
            """
            SELECT CONCAT('SELECT DISTINCT ''', table_name, ''' FROM ', table_name, ' WHERE ',
                          GROUP_CONCAT('CONVERT(`', column_name, '` USING utf8mb4) LIKE ?'
                                       SEPARATOR ' OR '))
            FROM information_schema.columns WHERE table_schema = DATABASE() GROUP BY table_name
            """)
        .stream()
        .flatMap(
            sql -> {
              String[] all = new String[sql.length() - sql.replace("?", "").length()];
              Arrays.fill(all, "%" + text + "%");
              return query(sql, all).stream();
            })
        .toList();
  }

  private static Path mails() {
    try {
      return Files.createTempDirectory("jangteo-mail");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One for all; it ends with the JVM. */
  private static MailSink sink() {
    try {
      return MailSink.start(0, MAILS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(
        config.get("db.url"), config.get("db.username"), config.get("db.password"));
  }

  @Override
  public void close() {
    service.close();
  }
}
