package jangteo.local.chaos;

import jangteo.local.Refusal;
import jangteo.local.chaos.Operation.Kind;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Customers and readers at a steady open rate: the next one comes whether or not the last one is
 * served. Beside them sellers count and price, and buyers fill their wallets.
 */
final class Load implements AutoCloseable {
  private static final Duration LOG_IN_EVERY = Duration.ofMinutes(4);
  private static final Duration LOG_IN_AGAIN = Duration.ofSeconds(2);
  private static final Duration SELLER_WORKS_EVERY = Duration.ofSeconds(2);
  private static final Duration DEPOSIT_EVERY = Duration.ofSeconds(3);
  private static final int DEPOSIT_TRIES = 20;
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);
  private static final long DEPOSIT = 1_000;
  private static final double BROWSED = 2;

  private final Client client;
  private final Market market;
  private final long seed;
  private final PrintWriter out;
  private final Map<String, Intent> intents = new ConcurrentHashMap<>();
  private final ExecutorService people = Executors.newVirtualThreadPerTaskExecutor();
  private volatile boolean open = true;

  Load(Client client, Market market, long seed, PrintWriter out) {
    this.client = client;
    this.market = market;
    this.seed = seed;
    this.out = out;
  }

  @FunctionalInterface
  private interface Work {
    void run() throws Exception;
  }

  @FunctionalInterface
  private interface Numbered {
    void run(long n) throws Exception;
  }

  /** Begins; so many orders a second from now on. */
  void start(double rate) {
    steadily(rate, this::buy);
    steadily(BROWSED, this::browse);
    Stream.of(market.sellers(), market.buyers())
        .flatMap(List::stream)
        .forEach(person -> logInAgain(person, LOG_IN_EVERY));
    SplittableRandom random = new SplittableRandom(seed);
    for (Seller seller : market.sellers()) {
      Shopkeeper shopkeeper = new Shopkeeper(client, seller, random.split());
      again(SELLER_WORKS_EVERY, shopkeeper::work);
    }
    market.buyers().forEach(buyer -> again(DEPOSIT_EVERY, () -> deposit(buyer)));
  }

  /** What was intended so far, by idempotency key. */
  Map<String, Intent> intents() {
    return Map.copyOf(intents);
  }

  /**
   * No more people come; waits for those that are there.
   *
   * @return whether all were served within the limit
   */
  boolean finish(Duration limit) throws InterruptedException {
    open = false;
    people.shutdown();
    return people.awaitTermination(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void buy(long n) throws InterruptedException {
    Intent intent = Intent.of(seed, n, market);
    intents.put(intent.key(), intent);
    Buyer buyer = market.buyers().get(intent.buyer());
    List<Seller> sellers =
        intent.lines().stream().map(wish -> market.sellerOf(wish.productId())).distinct().toList();
    new Customer(client, buyer, sellers, intent).buy();
  }

  /** Without a token: reads are for anyone. */
  private void browse(long n) throws InterruptedException {
    List<String> products = market.products();
    String product = products.get((int) (n % products.size()));
    String path =
        n % 2 == 0 ? "/api/v1/products/" + product : "/api/v1/products?q=%EA%B0%90%EA%B7%A4";
    client.ask("reader", Kind.BROWSE, product, shop -> shop.get(path));
  }

  /** A deposit is repeated with its key until its outcome is known. */
  private void deposit(Buyer buyer) throws InterruptedException {
    String key = UUID.randomUUID().toString();
    Operation last =
        client.insist(
            buyer.name(),
            Kind.DEPOSIT,
            key,
            DEPOSIT_TRIES,
            BETWEEN_TRIES,
            shop ->
                shop.post("/api/v1/wallet/deposits")
                    .as(buyer.token())
                    .key(key)
                    .body(Market.deposit(DEPOSIT)));
    buyer.deposits().add(DEPOSIT, last.outcome());
  }

  private void logInAgain(Person person, Duration after) {
    people.execute(
        () ->
            guarded(
                () -> {
                  Duration next = after;
                  while (pause(next)) {
                    next = logIn(person) ? LOG_IN_EVERY : LOG_IN_AGAIN;
                  }
                }));
  }

  /** False while member is away: the old token still works for minutes. */
  private static boolean logIn(Person person) throws InterruptedException {
    try {
      person.logIn();
      return true;
    } catch (IOException | Refusal e) {
      return false;
    }
  }

  /** Does it again and again, with such a pause before each time. */
  private void again(Duration pause, Work work) {
    people.execute(
        () ->
            guarded(
                () -> {
                  while (pause(pause)) {
                    work.run();
                  }
                }));
  }

  /** Does it so many times a second, each time on a thread of its own. */
  private void steadily(double rate, Numbered work) {
    people.execute(
        () ->
            guarded(
                () -> {
                  long begun = System.nanoTime();
                  for (long n = 0; open; n++) {
                    long number = n;
                    long due = begun + (long) (n * 1e9 / rate);
                    Thread.sleep(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
                    if (open) {
                      people.execute(() -> guarded(() -> work.run(number)));
                    }
                  }
                }));
  }

  /** Waits as long as people still come; whether they still do. */
  private boolean pause(Duration pause) throws InterruptedException {
    long end = System.nanoTime() + pause.toNanos();
    while (open && System.nanoTime() < end) {
      Thread.sleep(Duration.ofMillis(200));
    }
    return open;
  }

  /** A person whose thread fails would be missing from the history without a word. */
  private void guarded(Work work) {
    try {
      work.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      out.println("Somebody failed: " + e);
      out.flush();
    }
  }

  @Override
  public void close() {
    open = false;
    people.shutdownNow();
  }
}
