package jangteo.order.audit;

import static jangteo.order.domain.OrderStatus.CANCELLED;
import static jangteo.order.domain.OrderStatus.CONFIRMED;
import static jangteo.order.domain.OrderStatus.DELIVERED;
import static jangteo.order.domain.OrderStatus.REJECTED;
import static jangteo.order.domain.OrderStatus.RETURNED;
import static jangteo.order.domain.OrderStatus.SHIPPED;

import jangteo.order.domain.HistoryStep;
import jangteo.order.domain.Order;
import jangteo.order.domain.OrderStatus;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What the topic {@code orders} told of one order, record after record, in the little that the
 * audit needs: some 400 bytes an order.
 *
 * @param version of the newest record
 * @param content stands for what the newest record says, see {@link #content}
 * @param decision the step with which it was decided
 * @param changed how a decision, once told, was told otherwise
 * @param twice how it came to be recorded a second time
 */
public record Trail(
    long version,
    OrderStatus status,
    int content,
    String requestHash,
    Instant placedAt,
    Optional<Decision> decision,
    Optional<String> changed,
    Optional<String> twice) {

  /** The decision as a record tells it. */
  public record Decision(Instant at, String outcome) {

    static Optional<Decision> of(Order order) {
      return order.history().stream()
          .filter(step -> step.step().equals(Order.DECIDE))
          .findFirst()
          .map(Decision::of);
    }

    private static Decision of(HistoryStep step) {
      return new Decision(step.at(), step.outcome());
    }
  }

  /** Of the first record. */
  public static Trail of(Order first) {
    return new Trail(
        first.version(),
        first.status(),
        content(first),
        first.purchase().requestHash(),
        first.placedAt(),
        Decision.of(first),
        Optional.empty(),
        Optional.empty());
  }

  /** With the next record, which may be a repetition of an earlier one. */
  public Trail then(Order next) {
    Optional<String> second = twice.or(() -> recordedAgain(next));
    Optional<String> otherwise = changed.or(() -> toldOtherwise(next));
    boolean newer = next.version() > version;
    return new Trail(
        newer ? next.version() : version,
        newer ? next.status() : status,
        newer ? content(next) : content,
        requestHash,
        placedAt,
        decision.or(() -> Decision.of(next)),
        otherwise,
        second);
  }

  private Optional<String> recordedAgain(Order next) {
    if (!next.purchase().requestHash().equals(requestHash)) {
      return Optional.of("orders tells of two requests");
    }
    return next.placedAt().equals(placedAt)
        ? Optional.empty()
        : Optional.of("it was recorded at " + placedAt + " and at " + next.placedAt());
  }

  private Optional<String> toldOtherwise(Order next) {
    if (next.version() > version && !mayFollow(next.status())) {
      return Optional.of("it went from " + status + " to " + next.status());
    }
    if (next.version() == version && content(next) != content) {
      return Optional.of("two records of version " + version + " differ");
    }
    Optional<Decision> told = Decision.of(next);
    boolean same = decision.isEmpty() || next.version() < version || told.equals(decision);
    return same ? Optional.empty() : Optional.of("its decision was changed on orders");
  }

  private boolean mayFollow(OrderStatus next) {
    return switch (status) {
      case PLACED -> true;
      case CONFIRMED -> Set.of(CONFIRMED, CANCELLED, SHIPPED, DELIVERED).contains(next);
      case SHIPPED -> Set.of(SHIPPED, DELIVERED).contains(next);
      case DELIVERED -> Set.of(DELIVERED, RETURNED).contains(next);
      case REJECTED -> next == REJECTED;
      case CANCELLED -> next == CANCELLED;
      case RETURNED -> next == RETURNED;
    };
  }

  /**
   * Stands for all that changes with the version alone. What the saga hears of goods and money
   * between two versions, and the history with it, is told again without a new version, and the
   * read model leaves it until the next one.
   */
  static int content(Order order) {
    return Objects.hash(
        order.status().name(),
        order.reason(),
        order.placedAt(),
        order.deadline(),
        order.purchase().buyerId(),
        order.purchase().addressId(),
        order.purchase().total(),
        order.purchase().payment().method().name(),
        order.purchase().lines());
  }
}
