package jangteo.simulation;

import java.io.PrintStream;
import java.util.List;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/**
 * {@code ./jangteo simulate [--runs N] [--seed S]}: N histories from a random seed, which is
 * printed, or from S; S alone plays that one history and prints it.
 */
public final class Main {
  private static final long DEFAULT_RUNS = 1_000_000;
  private static final String USAGE = "usage: ./jangteo simulate [--runs N] [--seed S]";

  private Main() {}

  /** Exits with 1 when a promise did not hold, with 2 when the arguments make no sense. */
  public static void main(String[] args) {
    OptionalLong runs = OptionalLong.empty();
    OptionalLong seed = OptionalLong.empty();
    try {
      for (int i = 0; i < args.length; i += 2) {
        OptionalLong value = OptionalLong.of(Long.parseLong(args[i + 1]));
        switch (args[i]) {
          case "--runs" -> runs = value;
          case "--seed" -> seed = value;
          default -> throw new IllegalArgumentException(args[i]);
        }
      }
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      System.err.println(USAGE);
      System.exit(2);
    }
    boolean ok =
        (seed.isPresent() && runs.isEmpty())
            ? replay(seed.getAsLong(), System.out)
            : play(
                seed.orElseGet(() -> RandomGenerator.getDefault().nextLong() >>> 16),
                runs.orElse(DEFAULT_RUNS),
                System.out);
    System.exit(ok ? 0 : 1);
  }

  private static boolean replay(long seed, PrintStream out) {
    History history = History.of(seed, true, new Rules());
    print(history, out);
    return history.broken().isEmpty();
  }

  private static boolean play(long first, long runs, PrintStream out) {
    int threads = Runtime.getRuntime().availableProcessors();
    out.printf("%,d histories from seed %d on %d threads …%n", runs, first, threads);
    long started = System.nanoTime();
    Simulation.Result result = Simulation.play(first, runs, threads, new Rules());
    double seconds = (System.nanoTime() - started) / 1e9;
    Tally tally = result.tally();
    out.printf(
        "%,d histories, %,d of them different, in %.1f s (%,.0f/s); %,d crashes and standstills%n",
        tally.histories(), tally.different(), seconds, tally.histories() / seconds, tally.faults());
    tally.endings().forEach((ending, count) -> out.printf("%,12d  %s%n", count, ending));
    if (result.broken().isEmpty()) {
      out.println("All invariants hold.");
      return true;
    }
    print(History.of(result.broken().get().seed(), true, new Rules()), out);
    return false;
  }

  private static void print(History history, PrintStream out) {
    List<String> lines = history.lines();
    out.println("seconds      where        what");
    lines.forEach(out::println);
    out.println();
    history.endings().forEach(ending -> out.println("ended: " + ending));
    out.println(
        history
            .broken()
            .map(promise -> "BROKEN: " + promise)
            .orElse("All invariants hold in this history."));
    out.println("replay: ./jangteo simulate --seed " + history.seed());
  }
}
