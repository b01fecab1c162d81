package jangteo.chassis.events;

import com.google.protobuf.Timestamp;
import java.time.Instant;

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

  /** Out of a message; the epoch when it was not set. */
  public static Instant instant(Timestamp timestamp) {
    return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
  }
}
