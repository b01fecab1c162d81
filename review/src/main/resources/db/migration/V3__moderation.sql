-- How many members reported the review since an admin last decided on it, and what an admin sees of
-- it: VISIBLE, REPORTED (visible, with open reports) or HIDDEN.
ALTER TABLE reviews
  ADD COLUMN open_reports BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN moderation VARCHAR(32) GENERATED ALWAYS AS
    (CASE WHEN state = 'HIDDEN' THEN 'HIDDEN' WHEN open_reports > 0 THEN 'REPORTED' ELSE 'VISIBLE' END) STORED,
  ADD KEY reviews_moderated (moderation, created_at, review_id),
  ADD KEY reviews_all (created_at, review_id);

-- Who found which review helpful; reviews.helpful is their number.
CREATE TABLE helpful_votes (
  review_id  CHAR(36)    CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  member_id  BIGINT      NOT NULL,
  created_at DATETIME(6) NOT NULL,
  PRIMARY KEY (review_id, member_id)
) DEFAULT CHARSET = utf8mb4;

-- Who reported which review, and why. A member reports a review once, whatever becomes of it.
CREATE TABLE reports (
  review_id  CHAR(36)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  member_id  BIGINT       NOT NULL,
  reason     VARCHAR(500) NOT NULL,
  created_at DATETIME(6)  NOT NULL,
  PRIMARY KEY (review_id, member_id)
) DEFAULT CHARSET = utf8mb4;
