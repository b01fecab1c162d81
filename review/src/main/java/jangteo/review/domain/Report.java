package jangteo.review.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * Why a member thinks that a review should not be there.
 *
 * @param memberName empty when the member was erased, or is not known here yet
 */
public record Report(long memberId, Optional<String> memberName, String reason, Instant at) {}
