package jangteo.local.chaos;

import jangteo.local.chaos.Aftermath.Order;
import jangteo.local.chaos.Aftermath.Payment;
import jangteo.local.chaos.Aftermath.Wallet;
import jangteo.local.chaos.Tally.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Goods and money, or neither (design, section 7, invariant 3). */
final class MoneyRules {
  private final Evidence evidence;
  private final List<Violation> found = new ArrayList<>();

  MoneyRules(Evidence evidence) {
    this.evidence = evidence;
  }

  List<Violation> violations() {
    Map<String, List<Payment>> payments = evidence.after().payments();
    for (Order order : evidence.after().orders().values()) {
      List<Payment> own = payments.getOrDefault(order.sight().orderId(), List.of());
      costsWhatItsLinesCost(order);
      if (order.isSold()) {
        paidOnce(order, own);
      } else if (order.sight().isDecided()) {
        notCharged(order, own);
      }
    }
    payments.forEach(this::isOfAnOrder);
    evidence.books().deposits().forEach(this::walletAddsUp);
    return found;
  }

  private void costsWhatItsLinesCost(Order order) {
    long sum = order.lines().stream().mapToLong(line -> line.quantity() * line.price()).sum();
    if (sum != order.total()) {
      found.add(
          new Violation(
              "an order costs what its lines cost",
              order.sight().orderId(),
              "it costs %d, its lines %d".formatted(order.total(), sum)));
    }
  }

  private void paidOnce(Order order, List<Payment> payments) {
    List<Payment> captured = payments.stream().filter(p -> p.status().equals("CAPTURED")).toList();
    if (captured.size() != 1 || captured.getFirst().amount() != order.total()) {
      found.add(
          new Violation(
              "what is sold is paid exactly once",
              order.sight().orderId(),
              "it costs %d, and its payments are %s".formatted(order.total(), payments)));
    }
  }

  private void notCharged(Order order, List<Payment> payments) {
    for (Payment payment : payments) {
      if (payment.status().equals("CAPTURED") || payment.status().equals("AUTHORIZED")) {
        found.add(
            new Violation(
                "an order without goods costs nothing",
                order.sight().orderId(),
                "it is %s, and its payments are %s".formatted(order.sight().decision(), payments)));
        return;
      }
    }
  }

  private void isOfAnOrder(String orderId, List<Payment> payments) {
    if (!evidence.after().orders().containsKey(orderId)) {
      found.add(new Violation("a payment is of an order", orderId, "payments " + payments));
    }
  }

  private void walletAddsUp(String buyer, Range deposits) {
    long spent =
        evidence.after().orders().values().stream()
            .filter(order -> order.buyer().equals(buyer) && order.method().equals("WALLET"))
            .filter(Order::isSold)
            .mapToLong(Order::total)
            .sum();
    Wallet wallet = evidence.after().wallets().getOrDefault(buyer, new Wallet(0, 0));
    if (wallet.balance() != wallet.entries() || !deposits.plus(-spent).contains(wallet.balance())) {
      found.add(
          new Violation(
              "a wallet adds up",
              buyer,
              "%s in, %d spent, balance %d, entries %d"
                  .formatted(deposits, spent, wallet.balance(), wallet.entries())));
    }
  }
}
