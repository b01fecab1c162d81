package jangteo.chassis.data;

import io.helidon.dbclient.DbTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt at a transaction on Helidon's client, which leaves commit and rollback to us. */
final class OpenTransaction implements Transaction {

  private static final Logger LOG = LoggerFactory.getLogger(OpenTransaction.class);

  private final DbTransaction transaction;
  private final Sql statements;
  private final List<Runnable> afterCommit = new ArrayList<>();
  private boolean used;

  OpenTransaction(DbTransaction transaction) {
    this.transaction = transaction;
    this.statements = new Statements(transaction);
  }

  @Override
  public List<Row> all(String sql, @Nullable Object... args) {
    used = true;
    return statements.all(sql, args);
  }

  @Override
  public Optional<Row> one(String sql, @Nullable Object... args) {
    used = true;
    return statements.one(sql, args);
  }

  @Override
  public long execute(String sql, @Nullable Object... args) {
    used = true;
    return statements.execute(sql, args);
  }

  @Override
  public void afterCommit(Runnable action) {
    afterCommit.add(action);
  }

  void commit() {
    if (used) {
      transaction.commit();
    }
  }

  /** A failure to roll back is added to the first failure, never put in its place. */
  void rollback(Throwable first) {
    if (!used) {
      return;
    }
    try {
      transaction.rollback();
    } catch (RuntimeException e) {
      first.addSuppressed(e);
    }
  }

  void committed() {
    for (Runnable action : afterCommit) {
      try {
        action.run();
      } catch (RuntimeException e) {
        LOG.error("An action after a commit failed; what was committed stays", e);
      }
    }
  }
}
