package jangteo.chassis.data;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoClientException;
import com.mongodb.MongoException;
import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoOperationTimeoutException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoTimeoutException;
import jangteo.chassis.web.Problem;
import java.time.Duration;

/** Tells a store that is away, which passes by itself, from an error of the program. */
public final class Outages {

  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  /** QueryPlanKilled: the collection that it read or wrote was dropped or renamed meanwhile. */
  private static final int KILLED = 175;

  private Outages() {}

  /**
   * Whether the failure, or one that caused it, is a MySQL or MongoDB server that is away, full,
   * too slow or changing its primary.
   */
  public static boolean passing(Throwable failure) {
    return SqlFailure.of(failure) == SqlFailure.OUTAGE
        || SqlFailure.of(failure) == SqlFailure.COLLISION
        || mongo(failure);
  }

  /**
   * Whether MongoDB ended a statement because another one has taken its collection's place: done
   * again, it finds that one.
   */
  public static boolean killed(Throwable failure) {
    return switch (failure) {
      case MongoBulkWriteException bulk ->
          bulk.getWriteErrors().stream().anyMatch(error -> error.getCode() == KILLED);
      case MongoException e -> e.getCode() == KILLED;
      default -> false;
    };
  }

  /** What a client is told meanwhile: 503 with {@code Retry-After}. */
  public static Problem problem() {
    return Problem.unavailable("The database cannot be reached at the moment.", RETRY_AFTER);
  }

  /** The same, when this failure is the reason. */
  public static Problem problem(Throwable failure) {
    return tookTooLong(failure)
        ? Problem.unavailable("The database did not answer in time.", RETRY_AFTER)
        : problem();
  }

  private static boolean tookTooLong(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof MongoOperationTimeoutException
          || cause instanceof MongoExecutionTimeoutException) {
        return true;
      }
    }
    return false;
  }

  private static boolean mongo(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof MongoTimeoutException
          || cause instanceof MongoExecutionTimeoutException
          || cause instanceof MongoSocketException
          || cause instanceof MongoNotPrimaryException
          || cause instanceof MongoNodeIsRecoveringException
          || cause instanceof MongoInterruptedException
          || killed(cause)
          || (cause instanceof MongoException e
              && !(e instanceof MongoClientException)
              && e.hasErrorLabel("RetryableWriteError"))) {
        return true;
      }
    }
    return false;
  }
}
