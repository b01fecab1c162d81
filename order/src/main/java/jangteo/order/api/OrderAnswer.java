package jangteo.order.api;

import jangteo.chassis.web.Money;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An order in JSON (design, section 4). */
record OrderAnswer(
    String orderId,
    String status,
    Optional<String> reason,
    Buyer buyer,
    List<Line> items,
    Money total,
    Payment payment,
    Instant placedAt,
    Optional<Instant> endedAt,
    Instant deadline,
    long version) {

  /** The name is absent when the member was erased. */
  record Buyer(String memberId, Optional<String> name) {}

  record Line(
      String productId,
      String name,
      String listingId,
      String sellerId,
      Optional<String> sellerName,
      long quantity,
      Money price,
      String fulfilment) {}

  record Payment(String method, String status) {}
}
