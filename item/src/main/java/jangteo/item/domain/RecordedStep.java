package jangteo.item.domain;

import java.time.Instant;
import java.util.UUID;

/**
 * A step that was taken, and its outcome: the answer that every repetition of the step gets again.
 *
 * @param deadline of the order
 * @param at when the step was taken
 */
public record RecordedStep(
    UUID orderId, Step step, Outcome outcome, Instant deadline, Instant at) {}
