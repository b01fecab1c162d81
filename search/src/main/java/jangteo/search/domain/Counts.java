package jangteo.search.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * How many products a result has.
 *
 * @param total the whole result's size, or the least that it has
 * @param exact whether {@code total} is the whole
 * @param facets empty when they were not asked for
 * @param facetsExact whether each count of the facets is the whole, and not the least
 * @param countedAt when the oldest of the counts was made; empty when all were for this answer
 */
public record Counts(
    long total,
    boolean exact,
    Optional<Facets> facets,
    boolean facetsExact,
    Optional<Instant> countedAt) {}
