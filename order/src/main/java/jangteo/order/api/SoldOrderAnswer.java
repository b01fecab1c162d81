package jangteo.order.api;

import jangteo.chassis.web.Money;
import jangteo.order.api.OrderAnswer.Buyer;
import jangteo.order.api.OrderAnswer.Line;
import jangteo.order.shipping.Address;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An order in JSON as a seller sees it: the own lines alone, and where they go.
 *
 * @param total of the own lines
 * @param addressMissing why there is no address
 */
record SoldOrderAnswer(
    String orderId,
    String status,
    Optional<String> reason,
    Buyer buyer,
    List<Line> items,
    Money total,
    Optional<Address> address,
    Optional<String> addressMissing,
    Instant placedAt,
    Optional<Instant> endedAt,
    long version) {}
