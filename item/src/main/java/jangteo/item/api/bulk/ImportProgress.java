package jangteo.item.api.bulk;

import jangteo.chassis.Digest;
import jangteo.chassis.data.Database;
import jangteo.chassis.data.Transaction;
import jangteo.chassis.web.IdempotencyKey;
import jangteo.chassis.web.Problem;
import jangteo.item.store.ImportStore;
import jangteo.item.store.ImportStore.Reached;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;

/**
 * How far an import has come, so that the same one sent again goes on where it was cut: each batch
 * writes it in its own transaction. Without an {@code Idempotency-Key} nothing is remembered.
 */
public final class ImportProgress {

  /** The imports that bear a key. */
  public static final class Keeper {

    private static final Duration KEPT = Duration.ofHours(24);

    private final Database database;
    private final ImportStore imports;
    private final Clock clock;

    /** Keeps them for a day, as other answers under such a key. */
    public Keeper(Database database, ImportStore imports, Clock clock) {
      this.database = database;
      this.imports = imports;
      this.clock = clock;
      database.forget("imports", KEPT);
    }

    ImportProgress of(long sellerId, String key) {
      Reached reached = database.read(sql -> imports.find(sql, sellerId, key)).orElse(NOTHING);
      return new ImportProgress(
          reached, (tx, from, to) -> imports.advance(tx, sellerId, key, from, to, clock.instant()));
    }
  }

  private static final Reached NOTHING = new Reached(0, "");

  private interface Step {
    boolean take(Transaction tx, long from, Reached to);
  }

  private final Reached before;
  private final Step step;
  private Reached now;
  private byte[] digest = new byte[32];
  private long last;

  private ImportProgress(Reached before, Step step) {
    this.before = before;
    this.step = step;
    this.now = before;
  }

  /** Of an import that nobody will go on with. */
  static ImportProgress untold() {
    return new ImportProgress(NOTHING, (tx, from, to) -> true);
  }

  /** Whether this line was taken when the import came before. */
  boolean again(long number) {
    return number <= before.line();
  }

  /**
   * A line goes by, in the order of the input.
   *
   * @throws jangteo.chassis.web.ProblemException 422 when the input is not the one that came before
   */
  void pass(InputLine line) {
    if (again(last) && !again(line.number())) {
      requireTheSame();
    }
    MessageDigest sha256 = Digest.sha256();
    sha256.update(digest);
    sha256.update(line.bytes());
    digest = sha256.digest();
    last = line.number();
    if (last == before.line()) {
      requireTheSame();
    }
  }

  private void requireTheSame() {
    if (before.line() > 0 && !here().equals(before)) {
      throw IdempotencyKey.reused();
    }
  }

  /** Where the input is now. */
  Reached here() {
    return new Reached(last, HexFormat.of().formatHex(digest));
  }

  /**
   * A batch is taken up to there.
   *
   * @throws jangteo.chassis.web.ProblemException 409 when somebody else goes on with this import
   */
  void advance(Transaction tx, Reached to) {
    if (!step.take(tx, now.line(), to)) {
      throw Problem.conflict("This import is being sent by another request, too.").exception();
    }
  }

  /** The batch is committed. */
  void advanced(Reached to) {
    now = to;
  }
}
