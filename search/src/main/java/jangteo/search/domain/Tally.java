package jangteo.search.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * What one look at a result counted.
 *
 * @param total the least that there are
 * @param facets of the dimensions that were counted; the others are empty
 * @param exact whether all of the result was looked at
 * @param at when; empty: for the answer at hand
 */
public record Tally(long total, Facets facets, boolean exact, Optional<Instant> at) {}
