package jangteo.order.store;

import jangteo.chassis.Part;
import jangteo.chassis.Readiness;
import jangteo.chassis.data.Mongo;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the read models' indexes as soon as MongoDB answers; ready when they are there. */
public final class Indexes implements Part {
  private static final Logger LOG = LoggerFactory.getLogger(Indexes.class);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

  private final Mongo mongo;
  private final OrderViews views;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread = Thread.ofVirtual().name("mongo-indexes").unstarted(this::run);
  private volatile boolean there;

  /** For these views in this database. */
  public Indexes(Mongo mongo, OrderViews views) {
    this.mongo = mongo;
    this.views = views;
  }

  @Override
  public String name() {
    return "mongo indexes";
  }

  @Override
  public void start() {
    thread.start();
  }

  @Override
  public void stop() {
    stopping.countDown();
    thread.interrupt();
  }

  @Override
  public Readiness readiness() {
    return there ? Readiness.yes() : Readiness.no("indexes are missing");
  }

  private void run() {
    try {
      while (!there && !stopping.await(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
        there = mongo.readiness().ready() && created();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean created() {
    try {
      views.createIndexes();
      return true;
    } catch (RuntimeException e) {
      LOG.warn("The indexes cannot be made yet: {}", e.getMessage());
      return false;
    }
  }
}
