package jangteo.payment.store;

import jangteo.chassis.data.Row;
import jangteo.chassis.data.Sql;
import jangteo.chassis.data.Transaction;
import jangteo.payment.domain.Wallet;
import java.util.Optional;

/** The table {@code wallets}. */
public final class Wallets {

  /** The wallet, empty when it was never used. */
  public Wallet find(Sql sql, long memberId, String currency) {
    return one(sql.one(
            "SELECT * FROM wallets WHERE member_id = ? AND currency = ?", memberId, currency))
        .orElseGet(() -> Wallet.empty(memberId, currency));
  }

  /** The wallet, made when it is the first time, locked until the transaction ends. */
  public Wallet lock(Transaction tx, long memberId, String currency) {
    tx.execute(
        """
        INSERT INTO wallets (member_id, currency, balance, held) VALUES (?, ?, 0, 0)
        ON DUPLICATE KEY UPDATE member_id = member_id
        """,
        memberId,
        currency);
    return one(tx.one(
            "SELECT * FROM wallets WHERE member_id = ? AND currency = ? FOR UPDATE",
            memberId,
            currency))
        .orElseThrow();
  }

  /** Writes a locked wallet. */
  public void update(Transaction tx, Wallet wallet) {
    tx.execute(
        "UPDATE wallets SET balance = ?, held = ? WHERE member_id = ? AND currency = ?",
        wallet.balance(),
        wallet.held(),
        wallet.memberId(),
        wallet.currency());
  }

  private static Optional<Wallet> one(Optional<Row> found) {
    return found.map(
        row ->
            new Wallet(
                row.whole("member_id"),
                row.text("currency"),
                row.whole("balance"),
                row.whole("held")));
  }
}
