package jangteo.chassis.events;

/**
 * What a dead letter says of itself, beside the headers it came with (design, section 6). Every
 * writer of a topic {@code <topic>.<service>.dlt} sets all of them.
 */
public final class DeadLetterHeaders {

  /** How each of them begins. */
  public static final String PREFIX = "dlt_";

  /** Why the record could not be handled, for a person. */
  public static final String REASON = PREFIX + "reason";

  /** The class of the exception. */
  public static final String EXCEPTION = PREFIX + "exception";

  /** The topic it was read from, without the cluster's prefix. */
  public static final String TOPIC = PREFIX + "topic";

  /** The partition it was read from. */
  public static final String PARTITION = PREFIX + "partition";

  /** Its place in that partition. */
  public static final String OFFSET = PREFIX + "offset";

  /** The consumer group that gave it up. */
  public static final String GROUP = PREFIX + "group";

  /** When; RFC 3339. */
  public static final String TIME = PREFIX + "time";

  /**
   * The topic, without the cluster's prefix, to which a replay is written so that this consumer
   * gets it again, and nobody else.
   */
  public static final String REPLAY_TO = PREFIX + "replay_to";

  private DeadLetterHeaders() {}
}
