package jangteo.order.shipping;

import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import io.helidon.faulttolerance.Bulkhead;
import io.helidon.faulttolerance.BulkheadException;
import jangteo.member.v1.AddressKey;
import jangteo.member.v1.AddressServiceGrpc;
import jangteo.member.v1.AddressServiceGrpc.AddressServiceBlockingStub;
import jangteo.member.v1.GetAddressesRequest;
import jangteo.order.domain.GoodsStatus;
import jangteo.order.domain.Order;
import jangteo.order.domain.OrderStatus;
import jangteo.order.domain.PaymentStatus;
import jangteo.order.shipping.Destination.Why;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks member where orders go: only while a seller has to send them, so that an address is shown to
 * nobody else and kept nowhere else (design, sections 2 and 4).
 */
public final class Destinations {
  private static final Logger LOG = LoggerFactory.getLogger(Destinations.class);

  /** Calls at a time; a list of orders is one call. */
  private static final int CALLS = 16;

  private static final int WAITING = 64;

  private final AddressServiceBlockingStub member;
  private final Bulkhead calls =
      Bulkhead.builder().name("addresses").limit(CALLS).queueLength(WAITING).build();

  /**
   * Nobody is asked yet.
   *
   * @param member channel to the member service
   */
  public Destinations(Channel member) {
    this.member = AddressServiceGrpc.newBlockingStub(member);
  }

  /**
   * Where each of these orders goes, in their order. A member service that is away fails nothing:
   * its orders go to {@link Why#UNAVAILABLE}.
   */
  public List<Destination> of(List<Order> orders) {
    List<Order> asked = orders.stream().filter(order -> unasked(order).isEmpty()).toList();
    Optional<Map<Long, Address>> known = asked.isEmpty() ? Optional.of(Map.of()) : ask(asked);
    return orders.stream()
        .map(
            order ->
                unasked(order)
                    .map(why -> (Destination) new Destination.Unknown(why))
                    .orElseGet(() -> answered(order, known)))
        .toList();
  }

  private static Optional<Why> unasked(Order order) {
    boolean toBeSent =
        order.status() == OrderStatus.SHIPPED
            || (order.status() == OrderStatus.CONFIRMED
                && order.goods() == GoodsStatus.COMMITTED
                && order.payment() == PaymentStatus.CAPTURED);
    if (!toBeSent) {
      return Optional.of(Why.NOT_NEEDED);
    }
    return order.purchase().addressId() == 0 ? Optional.of(Why.NOT_GIVEN) : Optional.empty();
  }

  private static Destination answered(Order order, Optional<Map<Long, Address>> known) {
    if (known.isEmpty()) {
      return new Destination.Unknown(Why.UNAVAILABLE);
    }
    return Optional.ofNullable(known.get().get(order.purchase().addressId()))
        .map(address -> (Destination) new Destination.To(address))
        .orElseGet(() -> new Destination.Unknown(Why.DELETED));
  }

  private Optional<Map<Long, Address>> ask(List<Order> orders) {
    GetAddressesRequest.Builder request = GetAddressesRequest.newBuilder();
    for (Order order : orders) {
      request.addKeys(
          AddressKey.newBuilder()
              .setMemberId(order.purchase().buyerId())
              .setAddressId(order.purchase().addressId()));
    }
    try {
      Map<Long, Address> found = new HashMap<>();
      calls
          .invoke(() -> member.getAddresses(request.build()))
          .getAddressesList()
          .forEach(address -> found.put(address.getAddressId(), address(address)));
      return Optional.of(found);
    } catch (StatusRuntimeException | BulkheadException away) {
      LOG.warn("Member does not say where orders go: {}", away.getMessage());
      return Optional.empty();
    }
  }

  private static Address address(jangteo.member.v1.Address address) {
    return new Address(
        address.getRecipient(),
        address.getPhone(),
        address.getCountry(),
        address.getPostalCode(),
        address.getCity(),
        address.getLine1(),
        address.getLine2());
  }
}
