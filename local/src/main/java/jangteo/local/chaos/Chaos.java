package jangteo.local.chaos;

import jangteo.local.Refusal;
import jangteo.local.shop.Admin;
import jangteo.local.shop.Wires;
import jangteo.local.story.Shop;
import jangteo.local.supervisor.Supervisor;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * People buy at a steady rate while one part after the other, or two at a time, is killed, paused
 * or cut off; then it is quiet, and everything that the people saw is held against what must always
 * be.
 */
public final class Chaos {
  private static final Duration WARM_UP = Duration.ofSeconds(15);
  private static final Duration RECOVERY_LIMIT = Duration.ofSeconds(60);
  private static final Duration CALM = Duration.ofSeconds(6);
  private static final Duration SERVED = Duration.ofMinutes(2);
  private static final Duration SETTLED = Duration.ofMinutes(2);
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Plan plan;
  private final Admin admin;
  private final Path historyFile;
  private final Complaints complaints;
  private final PrintWriter out;
  private final Clock clock = Clock.systemUTC();
  private final List<Outage> outages = new ArrayList<>();
  private final Hiccups hiccups = new Hiccups(clock);

  /**
   * @param historyFile where every operation is written, as a line of JSON
   * @param complaints are printed when something was violated
   */
  public Chaos(Plan plan, Admin admin, Path historyFile, Complaints complaints, PrintWriter out) {
    this.plan = plan;
    this.admin = admin;
    this.historyFile = historyFile;
    this.complaints = complaints;
    this.out = out;
  }

  /**
   * Runs on a shop that is up and has just been made.
   *
   * @return whether nothing was violated
   * @throws Refusal when a part does not come back
   */
  public boolean run(Supervisor supervisor, String gateway, Wires wires)
      throws IOException, InterruptedException {
    Shop shop = new Shop(gateway, new PrintWriter(Writer.nullWriter()));
    Market market = Market.open(shop);
    Injector injector = new Injector(supervisor, wires, clock);
    say("%.1f orders a second; seed %d.".formatted(plan.rate(), plan.seed()));
    hiccups.start();
    try (hiccups;
        History history = new History(historyFile);
        Load load = new Load(new Client(shop, history, clock), market, plan.seed(), out)) {
      load.start(plan.rate());
      Thread.sleep(WARM_UP);
      breakThings(injector, history);
      say("Quiet.");
      if (!load.finish(SERVED)) {
        say("Some customers were not served within %d s.".formatted(SERVED.toSeconds()));
      }
      injector.awaitAllReady();
      Evidence evidence = settled(new Gathering(shop, market, admin), market, history);
      List<Violation> violations = new ArrayList<>(Checker.check(evidence));
      violations.addAll(unrecovered(evidence));
      List<String> said = violations.isEmpty() ? List.of() : complaints.last();
      new Report(out).print(plan.seed(), evidence, load.intents(), violations, said, historyFile);
      return violations.isEmpty();
    }
  }

  private void breakThings(Injector injector, History history) throws InterruptedException {
    Instant begin = clock.instant();
    Iterator<List<Fault>> rounds = plan.rounds();
    while (rounds.hasNext() && plan.goesOn(Duration.between(begin, clock.instant()))) {
      List<Fault> round = rounds.next();
      round.forEach(fault -> say("  " + fault));
      List<Outage> done = injector.inflict(round);
      outages.addAll(done);
      awaitRecovery(done, history);
      Thread.sleep(CALM);
    }
  }

  private void awaitRecovery(List<Outage> done, History history) throws InterruptedException {
    Instant limit = clock.instant().plus(RECOVERY_LIMIT);
    while (clock.instant().isBefore(limit)) {
      List<Operation> operations = history.all();
      if (done.stream().allMatch(outage -> Recovery.after(outage, operations).isPresent())) {
        return;
      }
      Thread.sleep(LOOK);
    }
  }

  /** Looks until nothing is wrong any more, or for as long as settling may take. */
  private Evidence settled(Gathering gathering, Market market, History history)
      throws IOException, InterruptedException {
    Instant limit = clock.instant().plus(SETTLED);
    while (true) {
      Evidence evidence =
          new Evidence(
              Books.of(market),
              history.all(),
              List.copyOf(outages),
              hiccups.all(),
              hiccups.load(),
              gathering.gather());
      if (Checker.check(evidence).isEmpty() || clock.instant().isAfter(limit)) {
        return evidence;
      }
      Thread.sleep(LOOK);
    }
  }

  private static List<Violation> unrecovered(Evidence evidence) {
    return evidence.outages().stream()
        .filter(outage -> Recovery.after(outage, evidence.operations()).isEmpty())
        .map(
            outage ->
                new Violation(
                    "the shop sells again after a fault",
                    outage.fault().toString(),
                    "no order was confirmed since " + outage.undone()))
        .toList();
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }

  /**
   * What is to be done.
   *
   * @param rate orders a second
   * @param seed of the orders, and of the faults when none are named
   * @param named the faults to do, else they are drawn from the seed
   * @param time how long; named faults are done once when nothing is said
   * @param withCuts whether there are proxies
   */
  public record Plan(
      double rate, long seed, Optional<String> named, Optional<Duration> time, boolean withCuts) {
    private static final Duration USUAL_TIME = Duration.ofMinutes(10);

    /** The faults that cover the main parts in a few minutes. */
    public static String brief() {
      return Faults.SHORT;
    }

    /** Whether a fault is named that needs proxies. */
    public boolean wantsCuts() {
      return rounds(true).stream().flatMap(List::stream).anyMatch(fault -> fault.kind().cuts());
    }

    Iterator<List<Fault>> rounds() {
      if (named.isEmpty()) {
        return Faults.seeded(seed, withCuts);
      }
      List<List<Fault>> rounds = rounds(withCuts);
      return time.isEmpty()
          ? rounds.iterator()
          : java.util.stream.Stream.generate(() -> rounds).flatMap(List::stream).iterator();
    }

    private List<List<Fault>> rounds(boolean cuts) {
      return named.map(Faults::parse).orElse(List.of()).stream()
          .map(round -> round.stream().filter(fault -> cuts || !fault.kind().cuts()).toList())
          .filter(round -> !round.isEmpty())
          .toList();
    }

    boolean goesOn(Duration since) {
      return (named.isPresent() && time.isEmpty()) || since.compareTo(time.orElse(USUAL_TIME)) < 0;
    }
  }
}
