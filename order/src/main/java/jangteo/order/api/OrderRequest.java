package jangteo.order.api;

import jangteo.chassis.web.Validation;
import jangteo.order.domain.Basket;
import jangteo.order.domain.PaymentChoice;
import jangteo.order.domain.PaymentMethod;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /api/v1/orders}, as a client sends it. */
record OrderRequest(
    @Nullable List<@Nullable Item> items, @Nullable Payment payment, @Nullable String addressId) {

  private static final int MOST_LINES = 100;
  private static final long MOST_OF_ONE = 10_000;
  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_TOKEN = 200;

  record Item(
      @Nullable String productId,
      @Nullable String productName,
      @Nullable String sellerId,
      @Nullable Long quantity) {}

  record Payment(@Nullable String method, @Nullable String token) {}

  /**
   * What is asked for.
   *
   * @throws jangteo.chassis.web.ProblemException 422 that names every wrong field
   */
  Basket validated() {
    Validation check = new Validation();
    List<Basket.Entry> entries = new ArrayList<>();
    if (items == null || items.isEmpty() || items.size() > MOST_LINES) {
      check.check("items", false, "must have 1 to " + MOST_LINES + " entries");
    } else {
      for (int i = 0; i < items.size(); i++) {
        Item item = items.get(i);
        String field = "items[" + i + "]";
        if (check.check(field, item != null, "is required") && item != null) {
          entries.add(entry(check, field, item));
        }
      }
    }
    PaymentChoice choice = payment(check);
    long address = addressId == null ? 0 : check.id("addressId", addressId);
    check.done();
    return new Basket(entries, choice, address);
  }

  private static Basket.Entry entry(Validation check, String field, Item item) {
    check.check(
        field + ".productId",
        (item.productId == null) != (item.productName == null),
        "give either productId or productName");
    long productId = item.productId == null ? 0 : check.id(field + ".productId", item.productId);
    String name =
        item.productName == null
            ? ""
            : check.text(field + ".productName", item.productName, 1, LONGEST_NAME);
    long sellerId = item.sellerId == null ? 0 : check.id(field + ".sellerId", item.sellerId);
    long quantity = check.whole(field + ".quantity", item.quantity, 1, MOST_OF_ONE);
    return new Basket.Entry(productId, name, sellerId, quantity);
  }

  private PaymentChoice payment(Validation check) {
    if (payment == null) {
      check.check("payment", false, "is required");
      return new PaymentChoice(PaymentMethod.WALLET, "");
    }
    PaymentMethod method =
        check
            .choice("payment.method", payment.method, PaymentMethod.class)
            .orElse(PaymentMethod.WALLET);
    if (method == PaymentMethod.CARD) {
      return new PaymentChoice(
          method, check.text("payment.token", payment.token, 1, LONGEST_TOKEN));
    }
    boolean none = payment.token == null || payment.token.isEmpty();
    boolean unknown = payment.method == null;
    check.check("payment.token", none || unknown, "goes with the method CARD alone");
    return new PaymentChoice(method, "");
  }
}
