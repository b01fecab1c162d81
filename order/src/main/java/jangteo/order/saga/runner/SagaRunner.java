package jangteo.order.saga.runner;

import jangteo.chassis.Part;
import jangteo.chassis.Readiness;
import jangteo.chassis.events.Kafka;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The saga as a part of the service: it begins once its topics are there, replaces a thread that
 * dies, and is ready while it runs.
 *
 * <p>While partitions are moving or a store is being restored the instance stays ready, but
 * degraded: it can take orders as long as another instance records them.
 */
public final class SagaRunner implements Part {
  private static final Logger LOG = LoggerFactory.getLogger(SagaRunner.class);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
  private static final Duration BEFORE_REPLACING = Duration.ofMillis(500);
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final Kafka kafka;
  private final SagaSettings settings;
  private final String application;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread starter =
      Thread.ofPlatform().daemon().name("saga-start").unstarted(this::begin);
  private Optional<Admin> admin = Optional.empty();
  private volatile Optional<KafkaStreams> streams = Optional.empty();
  private volatile boolean ran;

  /**
   * Nothing runs yet.
   *
   * @param kafka where the topics are; their prefix is also the application id's
   */
  public SagaRunner(Kafka kafka, SagaSettings settings) {
    this.kafka = kafka;
    this.settings = settings;
    this.application = kafka.transactionalId("order-saga");
    kafka.ensure(
        SagaTopology.COMMANDS,
        SagaTopology.STOCK,
        SagaTopology.PAYMENTS,
        SagaTopology.ORDERS,
        DeadLetters.topicOf(SagaTopology.COMMANDS),
        DeadLetters.topicOf(SagaTopology.STOCK),
        DeadLetters.topicOf(SagaTopology.PAYMENTS));
  }

  @Override
  public String name() {
    return "saga";
  }

  @Override
  public void start() {
    starter.start();
  }

  @Override
  public void stop() {
    stopping.countDown();
    starter.interrupt();
    synchronized (this) {
      streams.ifPresent(
          running ->
              running.close(
                  CloseOptions.timeout(GRACE)
                      .withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP)));
      admin.ifPresent(open -> open.close(Duration.ofSeconds(1)));
    }
  }

  @Override
  public Readiness readiness() {
    KafkaStreams.State state = streams.map(KafkaStreams::state).orElse(KafkaStreams.State.CREATED);
    if (state == KafkaStreams.State.RUNNING) {
      return Readiness.yes();
    }
    boolean moving = ran && state == KafkaStreams.State.REBALANCING;
    return moving
        ? Readiness.degraded("the saga's partitions are moving")
        : Readiness.no("the saga is " + state);
  }

  private void begin() {
    while (!kafka.topicsReady()) {
      if (pause(LOOK_AGAIN)) {
        return;
      }
    }
    synchronized (this) {
      if (stopping.getCount() > 0) {
        KafkaStreams made = create();
        streams = Optional.of(made);
        made.start();
      }
    }
  }

  private KafkaStreams create() {
    Admin client = Admin.create(kafka.clientSettings("saga-inputs"));
    admin = Optional.of(client);
    Properties properties =
        StreamsProperties.create(settings, kafka.bootstrapServers(), application, kafka.topic(""));
    SagaMetrics metrics = new SagaMetrics();
    KafkaStreams made =
        new KafkaStreams(
            SagaTopology.create(
                settings,
                kafka::topic,
                new KafkaInputs(client, application, kafka::topic),
                metrics),
            properties);
    made.setGlobalStateRestoreListener(metrics);
    made.setStandbyUpdateListener(metrics);
    made.setStateListener(
        (now, before) -> {
          ran = ran || now == KafkaStreams.State.RUNNING;
          LOG.info("The saga is {}, it was {}", now, before);
        });
    made.setUncaughtExceptionHandler(
        failure -> {
          LOG.error("A thread of the saga died and is replaced", failure);
          pause(BEFORE_REPLACING);
          return StreamThreadExceptionResponse.REPLACE_THREAD;
        });
    return made;
  }

  private boolean pause(Duration time) {
    try {
      return stopping.await(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
