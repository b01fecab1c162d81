package jangteo.member.store;

import jangteo.chassis.data.Sql;
import jangteo.chassis.data.Transaction;
import jangteo.member.store.SigningKeyTable.Protection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The tables {@code second_factors} and {@code recovery_codes}. */
public final class SecondFactors {

  /**
   * A shared secret as it is stored.
   *
   * @param secret protected
   * @param protection how
   * @param confirmed whether it is asked for at login
   * @param lastStep the step of the last code that was used
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Kept(byte[] secret, Protection protection, boolean confirmed, long lastStep) {}

  /** The member's, confirmed or not; its changes are made under the member's lock. */
  public Optional<Kept> find(Sql sql, long memberId) {
    return sql.one(
            "SELECT secret, protection, confirmed, last_step FROM second_factors WHERE member_id = ?",
            memberId)
        .map(
            row ->
                new Kept(
                    row.bytes("secret"),
                    row.choice("protection", Protection.class),
                    row.flag("confirmed"),
                    row.whole("last_step")));
  }

  /** Begins anew with a secret that is not confirmed yet. */
  public void begin(
      Transaction tx, long memberId, byte[] secret, Protection protection, Instant now) {
    delete(tx, memberId);
    tx.execute(
        """
        INSERT INTO second_factors (member_id, secret, protection, confirmed, last_step, created_at)
        VALUES (?, ?, ?, FALSE, 0, ?)
        """,
        memberId,
        secret,
        protection,
        now);
  }

  /**
   * A code of that step was used: from now on the factor is asked for, and older codes are dead.
   */
  public void used(Transaction tx, long memberId, long step) {
    tx.execute(
        "UPDATE second_factors SET confirmed = TRUE, last_step = ? WHERE member_id = ?",
        step,
        memberId);
  }

  /** Keeps the hashes of recovery codes. */
  public void addRecoveryCodes(Transaction tx, long memberId, List<byte[]> hashes) {
    for (byte[] hash : hashes) {
      tx.execute("INSERT INTO recovery_codes (member_id, code_hash) VALUES (?, ?)", memberId, hash);
    }
  }

  /** Whether it was a recovery code of the member; it is none any more. */
  public boolean useRecoveryCode(Transaction tx, long memberId, byte[] hash) {
    return tx.execute(
            "DELETE FROM recovery_codes WHERE member_id = ? AND code_hash = ?", memberId, hash)
        > 0;
  }

  /** Forgets the factor and its recovery codes. */
  public void delete(Transaction tx, long memberId) {
    tx.execute("DELETE FROM second_factors WHERE member_id = ?", memberId);
  }
}
