package jangteo.payment.domain;

import java.util.Optional;

/**
 * A member's money with the shop, in one currency.
 *
 * @param memberId whose
 * @param currency ISO 4217
 * @param balance what can be spent, in minor units; never negative
 * @param held what is set aside for open orders, in minor units; never negative
 */
public record Wallet(long memberId, String currency, long balance, long held) {

  /** Refuses what cannot be. */
  public Wallet {
    if (balance < 0 || held < 0) {
      throw new IllegalArgumentException("a wallet never owes: " + balance + ", held " + held);
    }
  }

  /** One that was never used. */
  public static Wallet empty(long memberId, String currency) {
    return new Wallet(memberId, currency, 0, 0);
  }

  /** The wallet after the move; empty when the balance does not cover it. */
  public Optional<Wallet> after(WalletMove move, long amount) {
    return switch (move) {
      case HOLD ->
          amount > balance ? Optional.empty() : Optional.of(with(balance - amount, held + amount));
      case CAPTURE -> Optional.of(with(balance, held - amount));
      case RELEASE -> Optional.of(with(balance + amount, held - amount));
      case REFUND -> Optional.of(with(Math.addExact(balance, amount), held));
    };
  }

  /** The wallet with more money. */
  public Wallet deposit(long amount) {
    return with(Math.addExact(balance, amount), held);
  }

  private Wallet with(long newBalance, long newHeld) {
    return new Wallet(memberId, currency, newBalance, newHeld);
  }
}
