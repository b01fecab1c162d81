package jangteo.review.domain;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * A member's review of a product.
 *
 * @param rating 1 to 5 stars
 * @param helpful how many members found it helpful; no part of the version
 * @param sellerReply what the seller answered
 * @param version grows by one with each change
 */
public record Review(
    UUID id,
    long productId,
    long memberId,
    int rating,
    String title,
    String text,
    long helpful,
    Optional<String> sellerReply,
    State state,
    long version,
    Instant createdAt,
    Instant updatedAt) {

  /** Whether everybody may see it. */
  public enum State {
    /** Shown and counted. */
    VISIBLE,
    /** Taken out by an admin: neither shown nor counted. */
    HIDDEN
  }

  /** Checks the rating. */
  public Review {
    if (rating < 1 || rating > 5) {
      throw new IllegalArgumentException("a rating is 1 to 5 stars, not " + rating);
    }
  }

  /** A new review, visible at once. */
  public static Review write(UUID id, long productId, long memberId, Opinion opinion, Instant at) {
    return new Review(
        id,
        productId,
        memberId,
        opinion.rating(),
        opinion.title(),
        opinion.text(),
        0,
        Optional.empty(),
        State.VISIBLE,
        1,
        at,
        at);
  }

  /** What its writer says. */
  public record Opinion(int rating, String title, String text) {}

  /** What its writer says. */
  public Opinion opinion() {
    return new Opinion(rating, title, text);
  }

  /** Says something else; the same review when it is not. */
  public Review edit(Opinion opinion, Instant at) {
    return opinion.equals(opinion()) ? this : next(opinion, sellerReply, state, at);
  }

  /** With this answer of the seller, or none; the same review when it is so already. */
  public Review reply(Optional<String> answer, Instant at) {
    return answer.equals(sellerReply) ? this : next(opinion(), answer, state, at);
  }

  /** Taken out, or back; the same review when it is so already. */
  public Review become(State wanted, Instant at) {
    return wanted == state ? this : next(opinion(), sellerReply, wanted, at);
  }

  /** Found helpful by this many more. */
  public Review helpful(long more) {
    return new Review(
        id,
        productId,
        memberId,
        rating,
        title,
        text,
        helpful + more,
        sellerReply,
        state,
        version,
        createdAt,
        updatedAt);
  }

  /** The stars that count for the product; none while it is hidden. */
  public OptionalInt counted() {
    return state == State.VISIBLE ? OptionalInt.of(rating) : OptionalInt.empty();
  }

  /** Whether the member wrote it. */
  public boolean isBy(long member) {
    return memberId == member;
  }

  private Review next(Opinion opinion, Optional<String> reply, State newState, Instant at) {
    return new Review(
        id,
        productId,
        memberId,
        opinion.rating(),
        opinion.title(),
        opinion.text(),
        helpful,
        reply,
        newState,
        version + 1,
        createdAt,
        at);
  }
}
