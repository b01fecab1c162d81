package jangteo.local.chaos;

/** A sum of amounts, some of which may be in it or not, for the answer never came. */
final class Tally {
  private Range sum = new Range(0, 0);

  /**
   * What a sum lies between.
   *
   * @param least when of all that is not known only what is negative was done
   * @param most when only what is positive was done
   */
  record Range(long least, long most) {
    boolean contains(long amount) {
      return least <= amount && amount <= most;
    }

    Range plus(long amount) {
      return new Range(least + amount, most + amount);
    }

    @Override
    public String toString() {
      return least == most ? Long.toString(least) : least + " to " + most;
    }
  }

  /** Adds an amount as far as the outcome says that it was done. */
  synchronized void add(long amount, Operation.Outcome outcome) {
    sum =
        switch (outcome) {
          case OK -> sum.plus(amount);
          case FAILED -> sum;
          case UNKNOWN ->
              new Range(sum.least() + Math.min(0, amount), sum.most() + Math.max(0, amount));
        };
  }

  synchronized Range range() {
    return sum;
  }
}
