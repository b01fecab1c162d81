package jangteo.aggregate.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;

import jangteo.aggregate.v1.DeadLetterReplayed;
import jangteo.chassis.events.DeadLetterHeaders;
import jangteo.chassis.events.Event;
import jangteo.chassis.events.Kafka;
import jangteo.chassis.events.ProtoTime;
import jangteo.chassis.events.Record;
import jangteo.chassis.events.TopicFollower;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.header.Header;

/**
 * Gives dead letters to their consumers again, and remembers which. A consumer takes a repeated
 * record as it takes any redelivery, so a second replay does no harm.
 */
public final class Replays {
  private static final String TOPIC = "dead-letter-replays";

  /** The header of a replayed record that names the letter. */
  private static final String REPLAY_OF = "replay_of";

  private final Kafka kafka;
  private final Clock clock;
  private final Map<String, Instant> replayed = new ConcurrentHashMap<>();

  /** Writes there. */
  public Replays(Kafka kafka, Clock clock) {
    this.kafka = kafka;
    this.clock = clock;
  }

  /** The part of the service that keeps this up to date. */
  public TopicFollower follower() {
    return TopicFollower.of(TOPIC).fromStart().each(this::hear);
  }

  /** When the letter was last replayed. */
  public Optional<Instant> of(DeadLetter letter) {
    return Optional.ofNullable(replayed.get(letter.place().id()));
  }

  /**
   * Sends the record to its consumer; returns when the broker has it.
   *
   * @param letter one with a {@link DeadLetter#replayTo}
   * @param memberId the admin who wants it
   * @return when it was sent
   */
  public Instant replay(DeadLetter letter, long memberId) {
    kafka.publisher().send(again(letter));
    Instant now = clock.instant();
    kafka
        .publisher()
        .send(
            Event.of(
                TOPIC,
                letter.place().id(),
                DeadLetterReplayed.newBuilder()
                    .setLetterId(letter.place().id())
                    .setAt(ProtoTime.of(now))
                    .setMemberId(memberId)
                    .build()));
    replayed.put(letter.place().id(), now);
    return now;
  }

  /** The record as it came, but for what was written on it as a dead letter. */
  private static Event again(DeadLetter letter) {
    Map<String, String> headers = new HashMap<>();
    for (Header header : letter.record().headers()) {
      if (!header.key().startsWith(DeadLetterHeaders.PREFIX) && header.value() != null) {
        headers.put(header.key(), new String(header.value(), UTF_8));
      }
    }
    headers.put(REPLAY_OF, letter.place().id());
    return new Event(
        letter.replayTo(),
        letter.key(),
        letter.type(),
        Optional.ofNullable(letter.record().value()),
        headers);
  }

  private void hear(Record record) {
    if (record.value().isEmpty()) {
      replayed.remove(record.key());
      return;
    }
    replayed.put(
        record.key(), ProtoTime.instant(record.parse(DeadLetterReplayed.parser()).getAt()));
  }
}
