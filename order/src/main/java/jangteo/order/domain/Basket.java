package jangteo.order.domain;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/**
 * What a buyer asks for, before anybody has said what it costs.
 *
 * @param addressId 0 when none was given
 */
public record Basket(List<Entry> entries, PaymentChoice payment, long addressId) {

  /**
   * One thing in it.
   *
   * @param productId 0 when it is asked for by name
   * @param productName empty when it is asked for by id
   * @param sellerId 0 for the cheapest listing
   */
  public record Entry(long productId, String productName, long sellerId, long quantity) {}

  public Basket {
    entries = List.copyOf(entries);
  }

  /** SHA-256 of all that was asked for, in hexadecimal: equal requests have equal hashes. */
  public String hash() {
    List<String> texts = new ArrayList<>();
    for (Entry entry : entries) {
      texts.add(Long.toString(entry.productId));
      texts.add(entry.productName);
      texts.add(Long.toString(entry.sellerId));
      texts.add(Long.toString(entry.quantity));
    }
    texts.add(payment.method().name());
    texts.add(payment.token());
    texts.add(Long.toString(addressId));
    return HexFormat.of().formatHex(Digests.sha256(texts));
  }

  /** Whether all quotes are in one currency: an order has one total. */
  public static boolean oneCurrency(List<Quote> quotes) {
    return quotes.stream().map(quote -> quote.price().currency()).distinct().count() == 1;
  }

  /**
   * The purchase at these quotes, one for each entry.
   *
   * @throws ArithmeticException when the total does not fit a long
   * @throws IllegalArgumentException when the quotes are not in one currency
   */
  public Purchase at(List<Quote> quotes, UUID orderId, long buyerId, String traceparent) {
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      lines.add(quotes.get(i).line(entries.get(i).quantity()));
    }
    Money total =
        lines.stream()
            .map(line -> line.price().times(line.quantity()))
            .reduce(Money::plus)
            .orElseThrow();
    return new Purchase(orderId, buyerId, lines, total, payment, addressId, hash(), traceparent);
  }
}
