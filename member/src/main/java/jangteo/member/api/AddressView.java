package jangteo.member.api;

import jangteo.member.domain.Address;
import java.time.Instant;

/** An address as its owner sees it. */
record AddressView(
    String addressId,
    String recipient,
    String phone,
    String country,
    String postalCode,
    String city,
    String line1,
    String line2,
    long version,
    Instant createdAt,
    Instant updatedAt) {

  static AddressView of(Address address) {
    Address.Destination to = address.destination();
    return new AddressView(
        Long.toString(address.addressId()),
        to.recipient(),
        to.phone(),
        to.country(),
        to.postalCode(),
        to.city(),
        to.line1(),
        to.line2(),
        address.version(),
        address.createdAt(),
        address.updatedAt());
  }
}
