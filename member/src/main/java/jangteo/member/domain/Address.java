package jangteo.member.domain;

import java.time.Instant;

/**
 * Where a member has things sent to.
 *
 * @param version grows by one with each change
 */
public record Address(
    long addressId,
    long memberId,
    Destination destination,
    long version,
    Instant createdAt,
    Instant updatedAt) {

  /** A member keeps at most so many. */
  public static final int AT_MOST = 20;

  /**
   * What is written on the parcel.
   *
   * @param country ISO 3166-1, two letters
   * @param line1 street and number
   * @param line2 flat, floor or the like; empty when there is none
   */
  public record Destination(
      String recipient,
      String phone,
      String country,
      String postalCode,
      String city,
      String line1,
      String line2) {}

  /** A new one. */
  public static Address of(long addressId, long memberId, Destination destination, Instant now) {
    return new Address(addressId, memberId, destination, 1, now, now);
  }

  /** The same address, elsewhere; unchanged when it is the same place. */
  public Address moveTo(Destination elsewhere, Instant now) {
    return destination.equals(elsewhere)
        ? this
        : new Address(addressId, memberId, elsewhere, version + 1, createdAt, now);
  }
}
