package jangteo.chassis.data;

/**
 * Statements that take effect together. Used by the thread that began it, and only until it ends.
 */
public interface Transaction extends Sql {

  /**
   * Runs the action once the transaction has committed, never when it rolls back. A failure of the
   * action is logged: what was committed stays.
   */
  void afterCommit(Runnable action);
}
