package jangteo.chassis.events;

import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as messages carry them. */
public final class ProtoTime {

  private ProtoTime() {}

  /** Into a message. */
  public static Timestamp of(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }

  /** The same time, cut to milliseconds: MongoDB keeps no more. */
  public static Timestamp millis(Timestamp timestamp) {
    return of(instant(timestamp).truncatedTo(ChronoUnit.MILLIS));
  }

  /** Out of a message; the epoch when it was not set. */
  public static Instant instant(Timestamp timestamp) {
    return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
  }
}
