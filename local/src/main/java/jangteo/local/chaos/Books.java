package jangteo.local.chaos;

import jangteo.local.chaos.Tally.Range;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What people brought into the shop, as they know it.
 *
 * @param initial the stock of each counted product at the beginning
 * @param counted what its seller added to it since
 * @param deposits what went into each buyer's wallet, in minor units
 * @param prices what each product has cost whose price moved, one price after the other
 */
record Books(
    Map<String, Long> initial,
    Map<String, Range> counted,
    Map<String, Range> deposits,
    Map<String, List<PriceTag>> prices) {

  static Books of(Market market) {
    Map<String, Range> counted = new LinkedHashMap<>();
    Map<String, Range> deposits = new LinkedHashMap<>();
    Map<String, List<PriceTag>> prices = new LinkedHashMap<>();
    for (Seller seller : market.sellers()) {
      seller.counted().forEach((product, tally) -> counted.put(product, tally.range()));
      prices.put(seller.priced(), seller.tags());
    }
    market.buyers().forEach(buyer -> deposits.put(buyer.name(), buyer.deposits().range()));
    return new Books(market.initial(), counted, deposits, prices);
  }
}
