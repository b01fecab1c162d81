package jangteo.chassis;

import io.grpc.BindableService;
import io.grpc.Channel;
import io.helidon.config.Config;
import io.helidon.webserver.http.HttpService;
import io.opentelemetry.api.GlobalOpenTelemetry;
import jangteo.chassis.data.Database;
import jangteo.chassis.data.IdempotencyKeys;
import jangteo.chassis.data.Mongo;
import jangteo.chassis.events.Kafka;
import jangteo.chassis.events.Outbox;
import jangteo.chassis.events.Subscription;
import jangteo.chassis.events.TopicFollower;
import jangteo.chassis.grpc.GrpcClients;
import jangteo.chassis.grpc.GrpcServer;
import jangteo.chassis.security.Jwks;
import jangteo.chassis.security.SigningKeys;
import jangteo.chassis.security.TokenBlocks;
import jangteo.chassis.security.TokenCheck;
import jangteo.chassis.security.TokenFilter;
import jangteo.chassis.telemetry.Telemetry;
import jangteo.chassis.web.RestServer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * One running service: its parts, its listeners, its health, started together and stopped in
 * reverse.
 *
 * <p>Starting waits for nothing outside the process. Stopping first makes the service not ready,
 * then drains the listeners, then lets each part finish what it has begun.
 */
public final class Service implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Service.class);

  private final String name;
  private final List<Part> parts;
  private final Health health;
  private final RestServer rest;
  private final Optional<GrpcServer> grpc;
  private final Deque<Part> running = new ArrayDeque<>();

  private Service(
      String name, List<Part> parts, Health health, RestServer rest, Optional<GrpcServer> grpc) {
    this.name = name;
    this.parts = parts;
    this.health = health;
    this.rest = rest;
    this.grpc = grpc;
  }

  /** What a service is made of; its {@code Main} has one, and is the picture of the service. */
  @FunctionalInterface
  public interface Wiring {

    /** Puts the service together. */
    void wire(Builder service);
  }

  /** Runs the service until the process is told to end; the whole of a {@code main}. */
  public static void main(String name, Wiring wiring) {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    Thread.setDefaultUncaughtExceptionHandler(
        new LastResort(Thread.currentThread(), Runtime.getRuntime()::halt));
    Telemetry.start(name);
    Service service = start(name, ServiceConfig.fromEnvironment(), wiring);
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  service.close();
                  ended.countDown();
                },
                "shutdown"));
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Starts the service inside this process; when a part cannot start, those that have are stopped.
   *
   * @param config see {@link ServiceConfig}
   */
  public static Service start(String name, Config config, Wiring wiring) {
    Builder builder = new Builder(name, config);
    wiring.wire(builder);
    Service service = builder.build();
    service.start();
    return service;
  }

  private void start() {
    long begun = System.nanoTime();
    try {
      for (Part part : parts) {
        part.start();
        running.push(part);
      }
    } catch (RuntimeException e) {
      // Else its consumers would work on in a process that serves nobody.
      close();
      throw e;
    }
    health.started();
    LOG.info("{} serves on {} after {} ms", name, port(), (System.nanoTime() - begun) / 1_000_000);
  }

  /** The port of REST. */
  public int port() {
    return rest.port();
  }

  /** The port of health and metrics. */
  public int adminPort() {
    return rest.adminPort();
  }

  /** The port of gRPC. */
  public int grpcPort() {
    return grpc.orElseThrow(() -> new IllegalStateException(name + " hosts no gRPC")).port();
  }

  /** Whether every part is ready. */
  public boolean ready() {
    return health.ready();
  }

  @Override
  public void close() {
    health.stopping();
    for (Part part : running) {
      try {
        part.stop();
      } catch (RuntimeException e) {
        LOG.warn("{} did not stop in order", part.name(), e);
      }
    }
    LOG.info("{} has stopped", name);
  }

  /** Puts a service together; each part is made when it is first asked for. */
  public static final class Builder {

    private final String name;
    private final Config config;
    private final Clock clock;
    private final Ids ids = new Ids();
    private final List<Part> parts = new ArrayList<>();
    private final List<HttpService> restServices = new ArrayList<>();
    private final List<BindableService> grpcServices = new ArrayList<>();
    private @Nullable Database database;
    private @Nullable Mongo mongo;
    private @Nullable Kafka kafka;
    private @Nullable Outbox outbox;
    private @Nullable IdempotencyKeys idempotencyKeys;
    private @Nullable GrpcClients grpcClients;
    private @Nullable TokenBlocks tokenBlocks;
    private @Nullable SigningKeys signingKeys;

    private Builder(String name, Config config) {
      this.name = name;
      this.config = config;
      Duration offset = config.get("clock.offset").as(Duration.class).orElse(Duration.ZERO);
      // As fine as the stores keep it: what is answered at once and what is read later are the
      // same.
      this.clock = Clock.tick(Clock.offset(Clock.systemUTC(), offset), Duration.ofNanos(1_000));
    }

    /** The service's name, such as {@code item}. */
    public String name() {
      return name;
    }

    /** The whole configuration. */
    public Config config() {
      return config;
    }

    /** The time, in UTC, to the microsecond; wrong by {@code clock.offset}, for tests alone. */
    public Clock clock() {
      return clock;
    }

    /** The source of ids. */
    public Ids ids() {
      return ids;
    }

    /** The service's own schema, from {@code db}. */
    public Database database() {
      if (database == null) {
        database = part(Database.create(name, config.get("db"), clock));
      }
      return database;
    }

    /** The service's MongoDB database, from {@code mongo}. */
    public Mongo mongo() {
      if (mongo == null) {
        mongo = part(Mongo.create(name, config.get("mongo")));
      }
      return mongo;
    }

    /** The broker, from {@code kafka}. */
    public Kafka kafka() {
      if (kafka == null) {
        kafka = part(Kafka.create(name, config.get("kafka"), clock));
      }
      return kafka;
    }

    /** The way out for events that are committed together with state in {@link #database()}. */
    public Outbox outbox() {
      if (outbox == null) {
        outbox = part(Outbox.create(database(), kafka(), clock));
      }
      return outbox;
    }

    /** The idempotency keys of the service's writes, in {@link #database()}. */
    public IdempotencyKeys idempotencyKeys() {
      if (idempotencyKeys == null) {
        idempotencyKeys = IdempotencyKeys.create(database(), clock);
      }
      return idempotencyKeys;
    }

    /** A channel to the service that {@code clients.<target>} names. */
    public Channel grpcClient(String target) {
      if (grpcClients == null) {
        grpcClients = part(GrpcClients.create(config.get("clients"), GlobalOpenTelemetry.get()));
      }
      return grpcClients.to(target);
    }

    /** The tokens that no longer work, in memory, as the topic {@code token-blocks} says. */
    public TokenBlocks tokenBlocks() {
      if (tokenBlocks == null) {
        tokenBlocks = new TokenBlocks(clock);
        follow(tokenBlocks.follower());
      }
      return tokenBlocks;
    }

    /** Checks tokens with these keys instead of those of {@code security.jwks-url}. */
    public Builder signingKeys(SigningKeys keys) {
      signingKeys = keys;
      return this;
    }

    /** Serves REST; the services are tried in the order of their registration. */
    public Builder rest(HttpService... services) {
      restServices.addAll(List.of(services));
      return this;
    }

    /** Serves gRPC. */
    public Builder grpc(BindableService... services) {
      grpcServices.addAll(List.of(services));
      return this;
    }

    /** Consumes topics in a group. */
    public Builder consume(Subscription subscription) {
      part(kafka().consume(subscription));
      return this;
    }

    /** Follows a whole topic, without a group. */
    public Builder follow(TopicFollower follower) {
      part(kafka().follow(follower));
      return this;
    }

    /** Adds a part of the service's own; it starts after those added before it. */
    public <T extends Part> T part(T part) {
      parts.add(part);
      return part;
    }

    private Service build() {
      TokenBlocks blocks = tokenBlocks();
      SigningKeys keys = signingKeys == null ? part(Jwks.create(config, clock)) : signingKeys;
      TokenFilter tokens =
          new TokenFilter(TokenCheck.create(config, keys, blocks::isBlocked, clock));
      Optional<GrpcServer> grpc =
          grpcServices.isEmpty()
              ? Optional.empty()
              : Optional.of(
                  part(
                      GrpcServer.create(
                          config.get("grpc"), GlobalOpenTelemetry.get(), grpcServices)));
      Health health = new Health(parts);
      RestServer rest =
          part(RestServer.create(config, name, tokens, health.checks(), restServices));
      return new Service(name, List.copyOf(parts), health, rest, grpc);
    }
  }
}
