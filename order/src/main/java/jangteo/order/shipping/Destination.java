package jangteo.order.shipping;

/** What a seller is told of where an order goes. */
public sealed interface Destination {

  /** There. */
  record To(Address address) implements Destination {}

  /** Nowhere that could be told. */
  record Unknown(Why why) implements Destination {}

  /** Why no address is told. */
  enum Why {
    /** The order is not to be sent: not paid and committed yet, arrived, or over. */
    NOT_NEEDED,
    /** The buyer named none. */
    NOT_GIVEN,
    /** The buyer deleted it. */
    DELETED,
    /** Member does not answer at the moment; asking again helps. */
    UNAVAILABLE
  }
}
