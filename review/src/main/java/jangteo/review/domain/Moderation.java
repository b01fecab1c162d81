package jangteo.review.domain;

/** Where a review stands with the admins; each has one of these. */
public enum Moderation {
  /** Shown, and nothing to decide. */
  VISIBLE,
  /** Shown, and reported since an admin last decided on it. */
  REPORTED,
  /** Taken out. */
  HIDDEN
}
