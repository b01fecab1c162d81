package jangteo.member.api;

import jangteo.chassis.web.Validation;
import jangteo.member.domain.Address.Destination;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An address as a client sends it; the country is South Korea unless it says otherwise. */
record AddressBody(
    @Nullable String recipient,
    @Nullable String phone,
    @Nullable String country,
    @Nullable String postalCode,
    @Nullable String city,
    @Nullable String line1,
    @Nullable String line2) {

  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
  private static final String PHONE = "\\+?[0-9][0-9 ()-]{3,28}";

  /**
   * The destination.
   *
   * @throws jangteo.chassis.web.ProblemException 422 that names every wrong field
   */
  Destination validated() {
    Validation validation = new Validation();
    String where = country == null ? "KR" : country;
    validation.check("country", COUNTRIES.contains(where), "must be a code of ISO 3166-1");
    String number = validation.text("phone", phone, 1, 30);
    validation.check(
        "phone", number.isEmpty() || number.matches(PHONE), "must be a telephone number");
    Destination destination =
        new Destination(
            validation.text("recipient", recipient, 1, 100),
            number,
            where,
            validation.text("postalCode", postalCode, 1, 20),
            validation.text("city", city, 0, 100),
            validation.text("line1", line1, 1, 200),
            validation.text("line2", line2, 0, 200));
    validation.done();
    return destination;
  }
}
