package jangteo.order.audit.runner;

import jangteo.audit.v1.GetLedgerResponse;
import jangteo.audit.v1.HeldLine;
import jangteo.audit.v1.ListingStock;
import jangteo.audit.v1.OrderPayment;
import jangteo.audit.v1.UnbalancedEntry;
import jangteo.audit.v1.WalletMismatch;
import jangteo.chassis.events.ProtoTime;
import jangteo.order.audit.Facts;
import jangteo.order.domain.Money;
import jangteo.search.v1.ListingStatus;
import java.util.Optional;
import java.util.stream.Collectors;

/** The other services' facts, as the rules take them. */
final class FactMessages {

  private FactMessages() {}

  static Facts.Reservation reservation(jangteo.audit.v1.Reservation message) {
    return new Facts.Reservation(
        message.getOrderId(),
        message.getHeldList().stream()
            .collect(Collectors.toMap(HeldLine::getListingId, HeldLine::getQuantity, Long::sum)),
        message.getCommitted(),
        message.getReleased());
  }

  static Facts.Payment payment(OrderPayment message) {
    return new Facts.Payment(
        message.getPaymentId(),
        message.getOrderId(),
        message.getState(),
        money(message.getTotal()),
        message.getAuthorized(),
        message.getCharged(),
        message.getCaptured(),
        message.getRefunded(),
        message.getRefundedByHand(),
        message.getOpenSteps(),
        message.hasOpenSince()
            ? Optional.of(ProtoTime.instant(message.getOpenSince()))
            : Optional.empty());
  }

  static Facts.Stock stock(ListingStock message) {
    return new Facts.Stock(
        new Facts.Offer(
            message.getListingId(),
            money(message.getPrice()),
            status(message.getStatus()),
            message.getOnHand() - message.getReserved(),
            message.getVersion(),
            message.getSequence()),
        message.getInitial(),
        message.getAdjusted(),
        message.getRestocked(),
        message.getOnHand(),
        message.getReserved(),
        message.getSold(),
        message.getHeldByOrders(),
        message.getSoldToOrders(),
        message.getReturnedByOrders());
  }

  static Facts.Offer offer(jangteo.audit.v1.Offer message) {
    return new Facts.Offer(
        message.getListingId(),
        money(message.getPrice()),
        status(message.getStatus()),
        message.getAvailable(),
        message.getVersion(),
        message.getSequence());
  }

  static Facts.Ledger ledger(GetLedgerResponse message) {
    return new Facts.Ledger(
        message.getSumsList().stream().map(sum -> money(sum.getSum())).toList(),
        message.getEntries(),
        message.getUnbalancedList().stream().map(FactMessages::unbalanced).toList(),
        message.getWallets(),
        message.getMismatchesList().stream().map(FactMessages::mismatch).toList());
  }

  private static Facts.Unbalanced unbalanced(UnbalancedEntry entry) {
    return new Facts.Unbalanced(
        entry.getPaymentId(),
        Optional.of(entry.getOrderId()).filter(id -> !id.isEmpty()),
        entry.getSum());
  }

  private static Facts.Mismatch mismatch(WalletMismatch wallet) {
    return new Facts.Mismatch(
        wallet.getMemberId(),
        wallet.getCurrency(),
        wallet.getBalance() - wallet.getBalanceInLedger(),
        wallet.getHeld() - wallet.getHeldInLedger());
  }

  private static String status(ListingStatus status) {
    return status.name().substring("LISTING_STATUS_".length());
  }

  private static Money money(jangteo.type.v1.Money money) {
    return new Money(money.getAmount(), money.getCurrency());
  }
}
