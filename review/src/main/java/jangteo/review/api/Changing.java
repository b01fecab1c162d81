package jangteo.review.api;

import jangteo.chassis.data.Answer;
import jangteo.chassis.data.Transaction;
import jangteo.chassis.events.Outbox;
import jangteo.chassis.web.Caller;
import jangteo.chassis.web.Problem;
import jangteo.review.domain.Listed;
import jangteo.review.domain.Review;
import jangteo.review.domain.StarCounts;
import jangteo.review.events.ReviewEvents;
import jangteo.review.store.NameStore;
import jangteo.review.store.RatingStore;
import jangteo.review.store.ReportStore;
import jangteo.review.store.ReviewStore;
import jangteo.review.store.VoteStore;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * The one way in which a review changes: under the lock of its row and with the counts of its
 * product and the event that tells of both, all in the caller's transaction.
 */
public final class Changing {

  private final Outbox outbox;
  private final Clock clock;
  private final ReviewStore reviews;
  private final RatingStore ratings;
  private final NameStore names;
  private final VoteStore votes;
  private final ReportStore reports;

  /** Changes in these stores. */
  public Changing(
      Outbox outbox,
      Clock clock,
      ReviewStore reviews,
      RatingStore ratings,
      NameStore names,
      VoteStore votes,
      ReportStore reports) {
    this.outbox = outbox;
    this.clock = clock;
    this.reviews = reviews;
    this.ratings = ratings;
    this.names = names;
    this.votes = votes;
    this.reports = reports;
  }

  /**
   * The review, which nobody else changes until the transaction ends.
   *
   * @throws jangteo.chassis.web.ProblemException 404 when there is none that the caller may see
   */
  Review lock(Transaction tx, UUID reviewId, Caller caller) {
    return reviews
        .lock(tx, reviewId)
        .filter(review -> mayRead(review, Optional.of(caller)))
        .orElseThrow(() -> Problem.notFound("There is no such review.").exception());
  }

  /** Everybody may read a visible review, its author and admins a hidden one too. */
  static boolean mayRead(Review review, Optional<Caller> caller) {
    return review.state() == Review.State.VISIBLE
        || caller.filter(who -> review.isBy(who.memberId()) || who.is("ADMIN")).isPresent();
  }

  /**
   * Adds a review.
   *
   * @throws jangteo.chassis.data.DuplicateKeyException when the member has one of the product
   */
  void add(Transaction tx, Review review) {
    reviews.add(tx, review);
    tell(tx, review, OptionalInt.empty());
  }

  /** Saves what became of a locked review; nothing when nothing did. */
  void save(Transaction tx, Review before, Review after) {
    if (after.version() != before.version()) {
      reviews.save(tx, after);
      tell(tx, after, before.counted());
    }
  }

  /** Deletes a locked review with all that hangs on it. */
  void delete(Transaction tx, Review review) {
    reviews.remove(tx, review.id());
    votes.removeAll(tx, review.id());
    reports.removeAll(tx, review.id());
    StarCounts counts = ratings.move(tx, review.productId(), review.counted(), OptionalInt.empty());
    outbox.add(tx, ReviewEvents.deleted(review, counts, clock.instant()));
  }

  /** The whole review as the answer. */
  Answer answer(Transaction tx, Review review) {
    return Answer.ok(shown(tx, review)).withHeader("ETag", ReviewAnswer.tag(review));
  }

  /** The same for one that is new. */
  Answer created(Transaction tx, Review review) {
    return Answer.created("/api/v1/reviews/" + review.id(), shown(tx, review))
        .withHeader("ETag", ReviewAnswer.tag(review));
  }

  private ReviewAnswer shown(Transaction tx, Review review) {
    return ReviewAnswer.of(new Listed(review, names.of(tx, review.memberId())));
  }

  private void tell(Transaction tx, Review review, OptionalInt countedBefore) {
    StarCounts counts = ratings.move(tx, review.productId(), countedBefore, review.counted());
    outbox.add(tx, ReviewEvents.changed(review, counts));
  }
}
