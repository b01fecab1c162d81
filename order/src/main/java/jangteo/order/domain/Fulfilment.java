package jangteo.order.domain;

/** How far one line of an order has come, in this order. */
public enum Fulfilment {
  OPEN,
  SHIPPED,
  DELIVERED,
  RETURNED
}
