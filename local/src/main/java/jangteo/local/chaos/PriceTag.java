package jangteo.local.chaos;

import java.time.Instant;

/**
 * A price that a seller asked for.
 *
 * @param price in minor units
 * @param begin before the request left
 * @param end when it was known to be so; {@link Instant#MAX} when that never was known
 */
record PriceTag(long price, Instant begin, Instant end) {}
