package jangteo.chassis.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jangteo.chassis.Part;
import jangteo.chassis.telemetry.Traces;
import jangteo.chassis.web.Problem;
import jangteo.member.v1.MemberChanged;
import jangteo.testkit.TestServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SubscriptionTest {

  private static final Duration SOON = Duration.ofSeconds(30);

  private Kafka kafka;
  private final List<Part> running = new ArrayList<>();
  private final List<Record> handled = new CopyOnWriteArrayList<>();

  @BeforeEach
  void start() {
    kafka = Brokers.ready("item", TestServers.prefix(), Brokers.OF_ITEM);
  }

  @AfterEach
  void stop() {
    running.forEach(Part::stop);
    kafka.stop();
  }

  @Test
  void goesOnWhereItStopped() {
    send(1, 2, 3);
    Part first = consume(Subscription.to("members").each(handled::add));
    awaitHandled(3);
    first.stop();

    send(4);
    consume(Subscription.to("members").each(handled::add));
    awaitHandled(4);

    assertThat(handled).extracting(Record::key).containsExactlyInAnyOrder("1", "2", "3", "4");
  }

  @Test
  void whoHasPatienceIsGivenWhatCameMeanwhileAtOnce() {
    List<Integer> batches = new CopyOnWriteArrayList<>();
    consume(
        Subscription.to("members")
            .patience(Duration.ofSeconds(2))
            .batch(
                records -> {
                  batches.add(records.size());
                  handled.addAll(records);
                }));
    send(1);
    awaitHandled(1); // from here on it only waits for records
    for (int id = 2; id <= 11; id++) {
      send(id);
    }
    awaitHandled(11);

    assertThat(batches.size()).as("%s", batches).isLessThan(6);
  }

  @Test
  void aPassingFailureIsTriedAgainUntilItHasPassedInOrder() {
    AtomicInteger calls = new AtomicInteger();
    AtomicBoolean away = new AtomicBoolean(true);
    Part consumer =
        consume(
            Subscription.to("members")
                .each(
                    record -> {
                      calls.incrementAndGet();
                      if (away.get()) {
                        throw Problem.unavailable("away", Duration.ofSeconds(1)).exception();
                      }
                      handled.add(record);
                    }));
    kafka.publisher().send(Brokers.changed(1, 1), Brokers.changed(1, 2), Brokers.changed(1, 3));

    await().atMost(SOON).until(() -> calls.get() >= 6);
    assertThat(handled).isEmpty();
    assertThat(consumer.readiness().ready()).isTrue();
    assertThat(consumer.readiness().why()).contains("away");
    away.set(false);

    awaitHandled(3);
    assertThat(handled)
        .extracting(record -> record.version().orElse(0L))
        .containsExactly(1L, 2L, 3L);
    assertThat(deadLetters()).isEmpty();
    assertThat(consumer.readiness().why()).isEmpty();
  }

  @Test
  void whatCanNeverBeHandledGoesToTheDeadLettersWithTheReason() {
    consume(
        Subscription.to("members")
            .each(
                record -> {
                  if (record.key().equals("2")) {
                    throw new UnprocessableException("no such member");
                  }
                  handled.add(record);
                }));
    send(1, 2, 3);

    awaitHandled(2);
    await().atMost(SOON).until(() -> deadLetters().size() == 1);
    Record letter = deadLetters().getFirst();
    assertThat(letter.key()).isEqualTo("2");
    assertThat(letter.parse(MemberChanged.parser())).isEqualTo(Brokers.member(2, 1));
    assertThat(letter.type()).isEqualTo("jangteo.member.v1.MemberChanged");
    assertThat(letter.version()).contains(1L);
    assertThat(letter.header("dlt_reason")).contains("no such member");
    assertThat(letter.header("dlt_exception")).contains(UnprocessableException.class.getName());
    assertThat(letter.header("dlt_topic")).contains("members");
    assertThat(letter.header("dlt_partition")).isPresent();
    assertThat(letter.header("dlt_offset")).contains("0");
  }

  @Test
  void bytesThatAreNoMessageAreDeadLetters() {
    consume(
        Subscription.to("members")
            .each(
                record -> {
                  record.parse(MemberChanged.parser());
                  handled.add(record);
                }));
    Event wrong = Brokers.changed(1, 1);
    byte[] noise = {(byte) 0xff, (byte) 0xff, 1};
    kafka
        .publisher()
        .send(
            new Event(
                wrong.topic(),
                wrong.key(),
                wrong.type(),
                java.util.Optional.of(noise),
                wrong.headers()),
            Brokers.changed(1, 2));

    awaitHandled(1);
    assertThat(handled.getFirst().version()).contains(2L);
    await().atMost(SOON).until(() -> deadLetters().size() == 1);
  }

  @Test
  void anUnexpectedFailureIsTriedAFewTimesFirst() {
    AtomicInteger tries = new AtomicInteger();
    consume(
        Subscription.to("members")
            .attempts(3)
            .each(
                record -> {
                  if (record.version().orElse(0L) == 1) {
                    tries.incrementAndGet();
                    throw new IllegalStateException("a bug");
                  }
                  handled.add(record);
                }));
    kafka.publisher().send(Brokers.changed(1, 1), Brokers.changed(1, 2));

    awaitHandled(1);
    assertThat(tries).hasValue(3);
    assertThat(deadLetters()).hasSize(1);
  }

  @Test
  void oneBadRecordOfABatchDoesNotHoldTheOthers() {
    int[] ids = IntStream.rangeClosed(1, 40).toArray();
    send(ids);
    consume(
        Subscription.to("members")
            .batch(
                records -> {
                  if (records.stream().anyMatch(record -> record.key().equals("17"))) {
                    throw new UnprocessableException("17 again");
                  }
                  handled.addAll(records);
                }));

    awaitHandled(39);
    await().atMost(SOON).until(() -> deadLetters().size() == 1);
    assertThat(deadLetters().getFirst().key()).isEqualTo("17");
  }

  @Test
  void theHandlerRunsInTheTraceOfTheRecord() {
    String trace = "0af7651916cd43dd8448eb211c80319c";
    ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();
    consume(Subscription.to("members").each(record -> seen.add(Traces.traceId())));
    kafka
        .publisher()
        .send(
            Brokers.changed(1, 1)
                .withHeader(Traces.TRACEPARENT, "00-" + trace + "-b7ad6b7169203331-01"));

    await().atMost(SOON).until(() -> !seen.isEmpty());
    assertThat(seen).containsExactly(trace);
  }

  @Test
  void eachRecordOfABatchKeepsItsOwnTrace() {
    String trace = "0af7651916cd43dd8448eb211c80319c";
    consume(Subscription.to("members").batch(handled::addAll));
    kafka
        .publisher()
        .send(
            Brokers.changed(1, 1)
                .withHeader(Traces.TRACEPARENT, "00-" + trace + "-b7ad6b7169203331-01"));

    awaitHandled(1);
    assertThat(handled.getFirst().traceparent().map(Traces::traceIdOf)).contains(trace);
  }

  @Test
  void aSecondInstanceTakesItsShareWhileTheFirstWaits() {
    AtomicBoolean away = new AtomicBoolean(true);
    AtomicInteger calls = new AtomicInteger();
    int[] ids = IntStream.rangeClosed(1, 60).toArray();
    send(ids);
    consume(
        Subscription.to("members")
            .each(
                record -> {
                  calls.incrementAndGet();
                  if (away.get()) {
                    throw Problem.unavailable("away", Duration.ofSeconds(1)).exception();
                  }
                  handled.add(record);
                }));
    await().atMost(SOON).until(() -> calls.get() >= 2);

    Kafka other = Brokers.ready("item", kafka.topic(""), Brokers.OF_ITEM);
    List<Record> there = new CopyOnWriteArrayList<>();
    Part second = other.consume(Subscription.to("members").each(there::add).build());
    second.start();
    try {
      await().atMost(SOON).until(() -> !there.isEmpty());
      away.set(false);
      await().atMost(SOON).until(() -> keys(handled, there) == 60);
    } finally {
      second.stop();
      other.stop();
    }
    assertThat(deadLetters()).isEmpty();
  }

  private static long keys(List<Record> some, List<Record> others) {
    return java.util.stream.Stream.concat(some.stream(), others.stream())
        .map(Record::key)
        .distinct()
        .count();
  }

  private void send(int... ids) {
    kafka.publisher().send(IntStream.of(ids).mapToObj(id -> Brokers.changed(id, 1)).toList());
  }

  private Part consume(Subscription.Builder subscription) {
    Part part = kafka.consume(subscription.build());
    running.add(part);
    part.start();
    return part;
  }

  private void awaitHandled(int count) {
    await().atMost(SOON).until(() -> handled.size() == count);
  }

  private List<Record> deadLetters() {
    try (TopicReading letters = new TopicReading(kafka, "members.item.dlt")) {
      return letters.records();
    }
  }
}
