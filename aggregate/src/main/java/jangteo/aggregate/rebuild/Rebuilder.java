package jangteo.aggregate.rebuild;

import com.mongodb.client.MongoDatabase;
import io.helidon.config.Config;
import jangteo.aggregate.domain.Rebuild;
import jangteo.aggregate.store.ReadModelState;
import jangteo.aggregate.store.Rebuilds;
import jangteo.chassis.Part;
import jangteo.chassis.Recurring;
import jangteo.chassis.StopSignal;
import jangteo.chassis.events.Kafka;
import jangteo.chassis.text.TextAnalysis;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does rebuilds, one at a time over all instances, and looks after those of instances that died:
 * one that had not begun its switch is given up, one that had is carried through.
 */
public final class Rebuilder implements Part {

  private static final Logger LOG = LoggerFactory.getLogger(Rebuilder.class);
  private static final Duration STOP = Duration.ofSeconds(10);

  private final Kafka kafka;
  private final Stores stores;
  private final Clock clock;
  private final int productsAtOnce;
  private final String owner = UUID.randomUUID().toString();
  private final StopSignal stopping = new StopSignal();
  private final Duration signOfLife;
  private final Recurring watch;
  private volatile boolean lost;
  private Optional<Thread> working = Optional.empty();

  /**
   * Of the read model in this database.
   *
   * @param rebuild the configuration node {@code rebuild}: products-at-once, silence
   */
  public Rebuilder(
      Kafka kafka, MongoDatabase database, TextAnalysis text, Clock clock, Config rebuild) {
    this.kafka = kafka;
    Duration silence = rebuild.get("silence").as(Duration.class).orElse(Duration.ofSeconds(10));
    Rebuilds rebuilds = new Rebuilds(database, silence);
    this.stores = new Stores(database, rebuilds, new ReadModelState(database), text, kafka);
    this.signOfLife = silence.dividedBy(5);
    this.watch = new Recurring("rebuild watch", signOfLife, this::lookAfterOthers);
    this.clock = clock;
    this.productsAtOnce = rebuild.get("products-at-once").asInt().orElse(25_000);
  }

  /** What has to be done once before the first: harmless when repeated. */
  public void prepare() {
    stores.rebuilds().prepare();
  }

  /** Begins one in the background; empty when one is under way, here or elsewhere. */
  public synchronized Optional<Rebuild> begin() {
    String id = UUID.randomUUID().toString();
    Optional<Rebuild> begun = stores.rebuilds().begin(id, owner, clock.instant());
    begun.ifPresent(
        rebuild -> {
          lost = false;
          working =
              Optional.of(Thread.ofPlatform().name("rebuild").start(() -> build(rebuild.id())));
        });
    return begun;
  }

  /** The one of this id. */
  public Optional<Rebuild> find(String id) {
    return stores.rebuilds().find(id);
  }

  /** The one that is under way. */
  public Optional<Rebuild> active() {
    return stores.rebuilds().active();
  }

  @Override
  public String name() {
    return "rebuilder";
  }

  @Override
  public void start() {
    watch.start();
  }

  /** Gives up what is being built; a switch is carried through. */
  @Override
  public void stop() {
    stopping.give();
    watch.stop();
    Optional<Thread> last;
    synchronized (this) {
      last = working;
    }
    last.ifPresent(
        thread -> {
          try {
            thread.join(STOP);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private void build(String id) {
    Thread signs = Thread.ofVirtual().name("rebuild signs of life").start(() -> giveSigns(id));
    LOG.info("The rebuild {} begins", id);
    try {
      new Build(kafka, stores, id, productsAtOnce, this::check).run();
      LOG.info("The rebuild {} is live", id);
    } catch (RuntimeException e) {
      LOG.warn("The rebuild {} ended without success", id, e);
      fail(id, e);
    } finally {
      signs.interrupt();
    }
  }

  /** When that cannot be written either, the silence tells it. */
  private void fail(String id, RuntimeException why) {
    try {
      stores.rebuilds().failed(id, String.valueOf(why.getMessage()));
      stores.rebuilds().sweep();
    } catch (RuntimeException e) {
      LOG.warn("That the rebuild {} failed cannot be noted", id, e);
    }
  }

  private void giveSigns(String id) {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        lost = !stores.rebuilds().heard(id, owner);
      } catch (RuntimeException e) {
        LOG.debug("No sign of life of the rebuild {}", id, e);
      }
      try {
        Thread.sleep(signOfLife);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void check() {
    if (lost || stopping.given()) {
      throw new GivenUpException();
    }
  }

  private boolean lookAfterOthers() {
    Rebuilds rebuilds = stores.rebuilds();
    rebuilds.failSilent();
    rebuilds
        .takeOver(owner)
        .ifPresent(
            rebuild -> {
              LOG.warn("The switch of the rebuild {} is carried through for another", rebuild.id());
              Build.carryThrough(kafka, stores, rebuild.id());
            });
    rebuilds.sweep();
    return false;
  }
}
