package jangteo.review.store;

import jangteo.chassis.data.DuplicateKeyException;
import jangteo.chassis.data.Transaction;
import java.time.Instant;
import java.util.UUID;

/** The table {@code helpful_votes}. The review's row is locked meanwhile. */
public final class VoteStore {

  /** Whether the vote is new. */
  public boolean add(Transaction tx, UUID reviewId, long memberId, Instant at) {
    try {
      tx.execute(
          "INSERT INTO helpful_votes (review_id, member_id, created_at) VALUES (?, ?, ?)",
          reviewId,
          memberId,
          at);
      return true;
    } catch (DuplicateKeyException voted) {
      return false;
    }
  }

  /** Whether there was a vote to take back. */
  public boolean remove(Transaction tx, UUID reviewId, long memberId) {
    return tx.execute(
            "DELETE FROM helpful_votes WHERE review_id = ? AND member_id = ?", reviewId, memberId)
        > 0;
  }

  /** Forgets the votes for a review that is deleted. */
  public void removeAll(Transaction tx, UUID reviewId) {
    tx.execute("DELETE FROM helpful_votes WHERE review_id = ?", reviewId);
  }
}
