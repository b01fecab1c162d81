package jangteo.local.chaos;

import jangteo.local.chaos.Operation.Kind;
import jangteo.local.chaos.Operation.Outcome;
import jangteo.local.story.Shop;
import jangteo.local.story.Shop.Answer;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Customers at a steady open rate: the next one comes whether or not the last one is served. */
final class Load implements AutoCloseable {
  private static final Duration LOG_IN_EVERY = Duration.ofMinutes(4);
  private static final Duration LOG_IN_AGAIN = Duration.ofSeconds(2);
  private static final Duration DEPOSIT_EVERY = Duration.ofSeconds(3);
  private static final int DEPOSIT_TRIES = 20;
  private static final long DEPOSIT = 1_000;

  private final Shop shop;
  private final Market market;
  private final History history;
  private final Clock clock;
  private final long seed;
  private final PrintWriter out;
  private final Map<String, Intent> intents = new ConcurrentHashMap<>();
  private final ExecutorService customers = Executors.newVirtualThreadPerTaskExecutor();
  private volatile boolean open = true;

  Load(Shop shop, Market market, History history, Clock clock, long seed, PrintWriter out) {
    this.shop = shop;
    this.market = market;
    this.history = history;
    this.clock = clock;
    this.seed = seed;
    this.out = out;
  }

  /** Begins; so many orders a second from now on. */
  void start(double rate) {
    customers.execute(() -> guarded(() -> arrive(rate)));
    for (Buyer buyer : market.buyers()) {
      customers.execute(() -> guarded(() -> stayLoggedIn(buyer)));
      customers.execute(() -> guarded(() -> fillUp(buyer)));
    }
  }

  /** What was intended so far, by idempotency key. */
  Map<String, Intent> intents() {
    return Map.copyOf(intents);
  }

  /**
   * No more customers come; waits for those that are there.
   *
   * @return whether all were served within the limit
   */
  boolean finish(Duration limit) throws InterruptedException {
    open = false;
    customers.shutdown();
    return customers.awaitTermination(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void arrive(double rate) throws InterruptedException {
    long begun = System.nanoTime();
    for (long n = 0; open; n++) {
      long due = begun + (long) (n * 1e9 / rate);
      Thread.sleep(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
      if (!open) {
        return;
      }
      Intent intent = Intent.of(seed, n, market);
      intents.put(intent.key(), intent);
      Buyer buyer = market.buyers().get(intent.buyer());
      customers.execute(
          () -> guarded(() -> new Customer(shop, history, clock, buyer, intent).buy()));
    }
  }

  private void stayLoggedIn(Buyer buyer) throws InterruptedException {
    Instant next = clock.instant().plus(LOG_IN_EVERY);
    while (open) {
      Thread.sleep(LOG_IN_AGAIN);
      if (clock.instant().isBefore(next)) {
        continue;
      }
      try {
        buyer.logIn();
        next = clock.instant().plus(LOG_IN_EVERY);
      } catch (IOException | jangteo.local.Refusal e) {
        next = clock.instant(); // member is away: again in a moment, the old token still works
      }
    }
  }

  /** A deposit now and then, each repeated with its key until its outcome is known. */
  private void fillUp(Buyer buyer) throws IOException, InterruptedException {
    while (open) {
      Thread.sleep(DEPOSIT_EVERY);
      String key = UUID.randomUUID().toString();
      Outcome outcome = Outcome.UNKNOWN;
      for (int i = 0; outcome == Outcome.UNKNOWN && i < DEPOSIT_TRIES; i++) {
        outcome = deposit(buyer, key);
      }
      switch (outcome) {
        case OK -> buyer.deposited(DEPOSIT);
        case UNKNOWN -> buyer.perhapsDeposited(DEPOSIT);
        case FAILED -> {}
      }
    }
  }

  private Outcome deposit(Buyer buyer, String key) throws IOException, InterruptedException {
    Instant begin = clock.instant();
    int status;
    try {
      Answer answer =
          shop.post("/api/v1/wallet/deposits")
              .as(buyer.token())
              .key(key)
              .body(Market.deposit(DEPOSIT))
              .send();
      status = answer.status();
    } catch (IOException e) {
      status = 0;
    }
    Outcome outcome = Outcome.of(status);
    history.add(
        new Operation(
            Kind.DEPOSIT, buyer.name(), key, begin, clock.instant(), outcome, status, null));
    if (outcome == Outcome.UNKNOWN) {
      Thread.sleep(LOG_IN_AGAIN);
    }
    return outcome;
  }

  @FunctionalInterface
  private interface Work {
    void run() throws Exception;
  }

  /** A customer whose thread fails would be missing from the history without a word. */
  private void guarded(Work work) {
    try {
      work.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      out.println("A customer failed: " + e);
      out.flush();
    }
  }

  @Override
  public void close() {
    open = false;
    customers.shutdownNow();
  }
}
