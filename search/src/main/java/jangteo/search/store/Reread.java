package jangteo.search.store;

import com.mongodb.MongoException;
import jangteo.chassis.data.Outages;
import java.util.function.Supplier;

/**
 * Reads once more what was ended because the aggregate service put a rebuilt collection in the old
 * one's place (docs/adr/0024).
 */
public final class Reread {

  private Reread() {}

  /** What is read, at the second time if need be. */
  public static <T> T ifKilled(Supplier<T> read) {
    try {
      return read.get();
    } catch (MongoException e) {
      if (Outages.killed(e)) {
        return read.get();
      }
      throw e;
    }
  }
}
