package jangteo.review.domain;

import java.util.Optional;

/**
 * A review with the name its writer is shown by.
 *
 * @param memberName empty when the member was erased, or is not known here yet
 */
public record Listed(Review review, Optional<String> memberName) {}
