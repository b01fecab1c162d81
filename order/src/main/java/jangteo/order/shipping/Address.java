package jangteo.order.shipping;

/**
 * Where a parcel goes.
 *
 * @param country ISO 3166-1, two letters
 * @param line2 empty when there is none
 */
public record Address(
    String recipient,
    String phone,
    String country,
    String postalCode,
    String city,
    String line1,
    String line2) {}
