package jangteo.order.saga.runner;

import jangteo.order.domain.Order;
import jangteo.order.saga.SagaEvent;
import java.util.Optional;

/**
 * One record of the saga's topics, read.
 *
 * @param traceparent the record's own W3C trace context
 * @param recalled the order as the read model knows it, for a saga that may have let go of it
 */
record Incoming(SagaEvent event, Optional<String> traceparent, Optional<Order> recalled) {}
