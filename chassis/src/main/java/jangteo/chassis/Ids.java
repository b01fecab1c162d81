package jangteo.chassis;

import com.github.f4b6a3.tsid.TsidFactory;
import java.util.UUID;

/**
 * The source of new ids (docs/adr/0004-identifiers.md): time-ordered 64-bit ids for what MySQL
 * keys, UUIDs for what is known across services.
 */
public final class Ids {

  private final TsidFactory tsids = TsidFactory.newInstance1024();

  /** A positive id, unique among all instances: 42 bits of time, 10 of the instance, 12 counted. */
  public long next() {
    return tsids.create().toLong();
  }

  /** A random (version 4) UUID. */
  public UUID uuid() {
    return UUID.randomUUID();
  }
}
