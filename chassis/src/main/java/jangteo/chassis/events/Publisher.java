package jangteo.chassis.events;

import jangteo.chassis.web.Problem;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;

/**
 * Sends events and waits for the acknowledgement of all replicas in sync.
 *
 * <p>Events of one call and one key stay in order. When a call fails, any part of its events may
 * have been sent: the caller sends them all again, and readers dedupe. Safe for many threads.
 */
public final class Publisher {

  /** Longer than a send can take: 5 s for the metadata, 10 s for the delivery. */
  private static final Duration AS_LONG_AS_IT_TAKES = Duration.ofSeconds(30);

  private final Kafka kafka;
  private Optional<Producer<byte[], byte[]>> producer = Optional.empty();
  private boolean closed;

  Publisher(Kafka kafka) {
    this.kafka = kafka;
  }

  /** Sends these events, in order. */
  public void send(Event... events) {
    send(List.of(events));
  }

  /**
   * Sends these events, in order, and returns when all are acknowledged.
   *
   * @throws jangteo.chassis.web.ProblemException 503 when no broker took them in time (10 s)
   * @throws KafkaException when they can never be sent, such as a record that is too large
   */
  public void send(List<Event> events) {
    sendRecords(events.stream().map(this::record).toList());
  }

  /**
   * Sends this event for somebody who does not wait longer than that; what is not acknowledged by
   * then may still arrive.
   *
   * @throws jangteo.chassis.web.ProblemException 503 when no broker took it in time
   * @throws KafkaException when it can never be sent, such as a record that is too large
   */
  public void send(Event event, Duration patience) {
    sendRecords(List.of(record(event)), patience);
  }

  void sendRecords(List<ProducerRecord<byte[], byte[]>> records) {
    sendRecords(records, AS_LONG_AS_IT_TAKES);
  }

  private void sendRecords(List<ProducerRecord<byte[], byte[]>> records, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    try {
      Producer<byte[], byte[]> ready = producer();
      List<Future<RecordMetadata>> sent = new ArrayList<>(records.size());
      for (ProducerRecord<byte[], byte[]> record : records) {
        Future<RecordMetadata> result = ready.send(record);
        sent.add(result);
        if (result.state() == Future.State.FAILED) {
          break;
        }
      }
      for (Future<RecordMetadata> result : sent) {
        result.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      }
    } catch (TimeoutException e) {
      throw away(e);
    } catch (ExecutionException e) {
      throw failure(Objects.requireNonNullElse(e.getCause(), e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptException(e);
    } catch (KafkaException e) {
      throw failure(e);
    }
  }

  synchronized void close() {
    closed = true;
    producer.ifPresent(open -> open.close(Duration.ofSeconds(5)));
    producer = Optional.empty();
  }

  private ProducerRecord<byte[], byte[]> record(Event event) {
    kafka.ensure(event.topic());
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            kafka.topic(event.topic()),
            event.key().getBytes(StandardCharsets.UTF_8),
            event.value().orElse(null));
    Headers.add(
        record,
        Headers.complete(event, Headers.Origin.of(kafka.service(), kafka.clock().instant())));
    return record;
  }

  /** Made on first use: a client cannot be made while the broker's name does not resolve. */
  private synchronized Producer<byte[], byte[]> producer() {
    if (closed) {
      throw new IllegalStateException("the publisher is closed");
    }
    if (producer.isEmpty()) {
      producer = Optional.of(kafka.newProducer("publisher"));
    }
    return producer.get();
  }

  private static RuntimeException failure(Throwable cause) {
    boolean away =
        cause instanceof RetriableException || cause.getCause() instanceof ConfigException;
    if (!away && cause instanceof KafkaException permanent) {
      return permanent;
    }
    return away(cause);
  }

  private static RuntimeException away(Throwable cause) {
    RuntimeException problem =
        Problem.unavailable("The event log cannot be reached at the moment.", Duration.ofSeconds(2))
            .exception();
    problem.initCause(cause);
    return problem;
  }
}
