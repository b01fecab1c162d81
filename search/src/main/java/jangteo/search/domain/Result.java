package jangteo.search.domain;

import java.util.Optional;

/**
 * What a search found.
 *
 * @param words how its text was read; empty when it has none
 */
public record Result(Found found, Counts counts, Optional<Words> words) {}
