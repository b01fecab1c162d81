package jangteo.local.chaos;

import jangteo.local.story.Cast;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A member who sells: products whose stock is counted now and then, and one whose price moves. */
final class Seller extends Person {
  private final Map<String, Tally> counted = new LinkedHashMap<>();
  private final String priced;
  private final List<PriceTag> tags = new ArrayList<>();

  /**
   * @param counted ids of the products whose stock is counted
   * @param priced the id of the product whose price moves
   */
  Seller(String name, Cast cast, List<String> counted, String priced) {
    super(name, cast, "seller");
    counted.forEach(product -> this.counted.put(product, new Tally()));
    this.priced = priced;
    tags.add(new PriceTag(Market.PRICE, Instant.MIN, Instant.MIN));
  }

  /** What was added to the stock of each product beyond what there was at first, in pieces. */
  Map<String, Tally> counted() {
    return counted;
  }

  String priced() {
    return priced;
  }

  /** What the product has cost, one price after the other. */
  synchronized List<PriceTag> tags() {
    return List.copyOf(tags);
  }

  synchronized void tag(PriceTag tag) {
    tags.add(tag);
  }

  boolean sells(String product) {
    return product.equals(priced) || counted.containsKey(product);
  }
}
