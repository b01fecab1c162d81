package jangteo.payment.work;

import jangteo.chassis.Part;
import jangteo.chassis.data.Database;
import jangteo.chassis.web.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles finished jobs in the order in which they come, all that wait in one transaction: the more
 * there is to do, the less each costs. While the database is away it keeps them and tries again.
 */
public final class Settler implements Part {

  private static final Logger LOG = LoggerFactory.getLogger(Settler.class);
  private static final int AT_ONCE = 200;
  private static final Duration AFTER_FAILURE = Duration.ofMillis(200);

  private final Database database;
  private final Settling settling;
  private final BlockingQueue<Job> finished = new LinkedBlockingQueue<>();
  private final List<Consumer<Job>> listeners = new CopyOnWriteArrayList<>();
  private final Thread thread = Thread.ofPlatform().name("payment-settler").unstarted(this::run);
  private volatile boolean stopping;

  /** Settles by those rules, in that database. */
  public Settler(Database database, Settling settling) {
    this.database = database;
    this.settling = settling;
  }

  void add(Job job) {
    finished.add(job);
  }

  /** Calls for each job once it is committed, or given up for another attempt. */
  void whenSettled(Consumer<Job> listener) {
    listeners.add(listener);
  }

  @Override
  public String name() {
    return "payment-settler";
  }

  @Override
  public void start() {
    thread.start();
  }

  @Override
  public void stop() {
    stopping = true;
    try {
      thread.join(Duration.ofSeconds(3));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!stopping || !finished.isEmpty()) {
        Job first = finished.poll(100, TimeUnit.MILLISECONDS);
        if (first != null) {
          List<Job> batch = new ArrayList<>();
          batch.add(first);
          finished.drainTo(batch, AT_ONCE - 1);
          settle(batch);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * With the database away all jobs wait; one that cannot be settled for another reason does not
   * hold the others: then each is done alone.
   */
  private void settle(List<Job> batch) throws InterruptedException {
    while (true) {
      try {
        commit(batch);
        return;
      } catch (ProblemException away) {
        LOG.warn("{} payments wait to be settled: {}", batch.size(), away.getMessage());
        if (stopping) {
          return;
        }
        Thread.sleep(AFTER_FAILURE);
      } catch (RuntimeException e) {
        LOG.warn("{} jobs could not be settled together", batch.size(), e);
        batch.forEach(this::settleAlone);
        return;
      }
    }
  }

  private void settleAlone(Job job) {
    try {
      commit(List.of(job));
    } catch (RuntimeException alone) {
      LOG.error("{} is left to the next attempt", job.intent(), alone);
      settled(List.of(job));
    }
  }

  private void commit(List<Job> jobs) {
    database.transact(tx -> settling.settle(tx, jobs));
    settled(jobs);
  }

  private void settled(List<Job> jobs) {
    jobs.forEach(job -> listeners.forEach(listener -> listener.accept(job)));
  }
}
