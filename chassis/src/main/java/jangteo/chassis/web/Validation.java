package jangteo.chassis.web;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Checks the values of a request and reports all that is wrong at once.
 *
 * <p>Each method answers the value, or a harmless one in its place when it is wrong, so that a
 * handler reads on; {@link #done} then throws before anything is done with them.
 */
public final class Validation {

  private static final String MISSING = "is required";

  private static final Set<String> CURRENCIES =
      Currency.getAvailableCurrencies().stream()
          .map(Currency::getCurrencyCode)
          .collect(Collectors.toUnmodifiableSet());

  private final List<FieldError> errors = new ArrayList<>();

  /** A text of {@code min} to {@code max} characters, outer white space removed. */
  public String text(String field, @Nullable String value, int min, int max) {
    if (value == null) {
      return min == 0 ? "" : wrong(field, MISSING, "");
    }
    // Java takes some of them for white space.
    if (value.codePoints().anyMatch(Validation::isControl)) {
      return wrong(field, "must not have control characters", "");
    }
    String text = value.strip();
    int length = text.codePointCount(0, text.length());
    if (length < min || length > max) {
      return wrong(field, "must have %d to %d characters".formatted(min, max), "");
    }
    // Half of a surrogate pair has no UTF-8: no store could keep it.
    if (text.codePoints().anyMatch(Validation::isHalf)) {
      return wrong(field, "must be well-formed Unicode", "");
    }
    return text;
  }

  /** A whole number of {@code min} to {@code max}. */
  public long whole(String field, @Nullable Long value, long min, long max) {
    if (value == null) {
      return wrong(field, MISSING, min);
    }
    return value < min || value > max
        ? wrong(field, "must be %d to %d".formatted(min, max), min)
        : value;
  }

  /** One of an enum's names; empty when it is wrong. */
  public <E extends Enum<E>> Optional<E> choice(
      String field, @Nullable String value, Class<E> type) {
    if (value == null) {
      return wrong(field, MISSING, Optional.empty());
    }
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equals(value)) {
        return Optional.of(constant);
      }
    }
    return wrong(
        field, "must be one of " + Arrays.toString(type.getEnumConstants()), Optional.empty());
  }

  /** An int64 id in decimal; 0 when it is wrong. */
  public long id(String field, @Nullable String value) {
    if (value == null) {
      return wrong(field, MISSING, 0L);
    }
    return DecimalId.parse(value).orElseGet(() -> wrong(field, "is not an id", 0L));
  }

  /** An amount of {@code min} to {@code max} minor units in a currency of ISO 4217. */
  public Money money(String field, @Nullable Money value, long min, long max) {
    Money harmless = new Money(min, "KRW");
    if (value == null) {
      return wrong(field, MISSING, harmless);
    }
    whole(field + ".amount", value.amount(), min, max);
    String currency = currency(field + ".currency", value.currency());
    return currency.equals(value.currency()) ? value : harmless;
  }

  /** A currency by its code of ISO 4217. */
  public String currency(String field, @Nullable String code) {
    return code != null && CURRENCIES.contains(code)
        ? code
        : wrong(field, "must be a code of ISO 4217", "KRW");
  }

  /** Whatever else can be said of a field. */
  public boolean check(String field, boolean ok, String message) {
    return ok || wrong(field, message, false);
  }

  /**
   * Ends the checks.
   *
   * @throws ProblemException 422 that names every wrong field
   */
  public void done() {
    if (!errors.isEmpty()) {
      throw Problem.invalid(errors).exception();
    }
  }

  private static boolean isControl(int c) {
    return Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t';
  }

  private static boolean isHalf(int c) {
    return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
  }

  private <T> T wrong(String field, String message, T instead) {
    errors.add(new FieldError(field, message));
    return instead;
  }
}
