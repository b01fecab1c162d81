package jangteo.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Whether two samples of times come from one distribution, without a word on its shape: the test of
 * H. B. Mann and D. R. Whitney (Annals of Mathematical Statistics 18, 1947), by its normal
 * approximation, which is good from some twenty on each side.
 *
 * @param z how many standard deviations the number of pairs in which the first is later is from a
 *     half of all pairs
 */
record RankSum(double z) {

  private record Ranked(Duration time, boolean first) {}

  static RankSum of(List<Duration> first, List<Duration> second) {
    List<Ranked> all = new ArrayList<>();
    first.forEach(time -> all.add(new Ranked(time, true)));
    second.forEach(time -> all.add(new Ranked(time, false)));
    all.sort(Comparator.comparing(Ranked::time));
    double n = first.size();
    double m = second.size();
    double ranks = 0;
    double ties = 0;
    for (int from = 0, to; from < all.size(); from = to) {
      to = from;
      int ofFirst = 0;
      while (to < all.size() && all.get(to).time().equals(all.get(from).time())) {
        ofFirst += all.get(to++).first() ? 1 : 0;
      }
      double alike = to - from;
      ranks += ofFirst * (from + 1 + to) / 2.0; // the mean of the ranks from + 1 … to
      ties += alike * alike * alike - alike;
    }
    double pairs = ranks - n * (n + 1) / 2;
    double all3 = n + m;
    double variance = n * m / 12 * (all3 + 1 - ties / (all3 * (all3 - 1)));
    return new RankSum((pairs - n * m / 2) / Math.sqrt(variance));
  }

  /** How likely a difference so large or larger is between samples of one distribution. */
  double p() {
    return erfc(Math.abs(z) / Math.sqrt(2));
  }

  /** Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.26: exact to 1.5e-7. */
  private static double erfc(double x) {
    double t = 1 / (1 + 0.3275911 * x);
    double polynomial =
        t
            * (0.254829592
                + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
    return polynomial * Math.exp(-x * x);
  }
}
