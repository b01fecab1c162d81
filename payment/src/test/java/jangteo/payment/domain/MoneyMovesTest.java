package jangteo.payment.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jangteo.payment.domain.JournalEntry.Kind;
import jangteo.payment.domain.JournalEntry.Line;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Wallets never owe, and the ledger never makes money. */
class MoneyMovesTest {

  private final Wallet wallet = Wallet.empty(7, "KRW").deposit(10_000);

  @Test
  void moneyIsSetAsideThenPaid() {
    Wallet held = wallet.after(WalletMove.HOLD, 6_000).orElseThrow();
    assertThat(held).isEqualTo(new Wallet(7, "KRW", 4_000, 6_000));
    assertThat(held.after(WalletMove.CAPTURE, 6_000)).contains(new Wallet(7, "KRW", 4_000, 0));
  }

  @Test
  void moneySetAsideComesBack() {
    Wallet held = wallet.after(WalletMove.HOLD, 6_000).orElseThrow();
    assertThat(held.after(WalletMove.RELEASE, 6_000)).contains(wallet);
  }

  @Test
  void theSameMoneyIsNotSpentTwice() {
    Wallet held = wallet.after(WalletMove.HOLD, 10_000).orElseThrow();
    assertThat(held.after(WalletMove.HOLD, 1)).isEmpty();
  }

  @Test
  void moreThanIsHeldCannotBeTaken() {
    assertThatThrownBy(() -> wallet.after(WalletMove.CAPTURE, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anEntryWhoseLinesDoNotSumToZeroIsNone() {
    assertThatThrownBy(() -> entry(line(5, "KRW"), line(-4, "KRW")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> entry(line(5, "KRW"), line(-5, "USD")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(entry(line(5, "KRW"), line(-5, "KRW")).lines()).hasSize(2);
  }

  private static JournalEntry entry(Line... lines) {
    return new JournalEntry(
        UUID.randomUUID(), Optional.empty(), Kind.DEPOSIT, Optional.empty(), List.of(lines));
  }

  private static Line line(long amount, String currency) {
    return new Line(Account.SALES, amount, currency);
  }
}
