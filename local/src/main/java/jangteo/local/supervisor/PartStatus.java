package jangteo.local.supervisor;

import org.jspecify.annotations.Nullable;

/**
 * How one part is doing.
 *
 * @param name the part
 * @param state see {@link State}
 * @param port its main port
 * @param pid its process, when one runs
 * @param rssKib resident memory in KiB, when a process runs and the system tells
 * @param uptimeSeconds since its process was started
 * @param restarts how often it was started again after a crash
 * @param source where its program comes from, once known
 */
public record PartStatus(
    String name,
    State state,
    int port,
    @Nullable Long pid,
    @Nullable Long rssKib,
    @Nullable Long uptimeSeconds,
    int restarts,
    @Nullable String source) {

  /** The life of a part. */
  public enum State {
    /** Its turn has not come yet. */
    WAITING,
    /** It was started and is not ready yet. */
    STARTING,
    /** Its probe says that it can be used. */
    READY,
    /** It was ready, runs, and its probe says that it cannot be used now. */
    NOT_READY,
    /** The verb {@code pause} made its process stand still. */
    PAUSED,
    /** It ended by itself and is about to be started again. */
    CRASHED,
    /** It was ended by the verb {@code stop} or {@code kill}, or never came up: it stays down. */
    DOWN
  }
}
