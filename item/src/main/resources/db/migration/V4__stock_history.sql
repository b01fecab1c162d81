-- Every change of what is on hand, never changed and never deleted: a listing's deltas sum to its on_hand.
CREATE TABLE stock_changes (
  listing_id BIGINT       NOT NULL,
  -- the listing's own after the change; changes of one batch of orders share it
  sequence   BIGINT       NOT NULL,
  -- tells the changes of one sequence apart, in their order
  nth        INT          NOT NULL,
  kind       VARCHAR(32)  NOT NULL,
  delta      BIGINT       NOT NULL,
  on_hand    BIGINT       NOT NULL,
  reason     VARCHAR(200) CHARACTER SET utf8mb4 NULL,
  order_id   CHAR(36)     CHARACTER SET ascii COLLATE ascii_bin NULL,
  changed_at DATETIME(6)  NOT NULL,
  PRIMARY KEY (listing_id, sequence, nth)
);

-- The history of older listings begins with what they have.
INSERT INTO stock_changes (listing_id, sequence, nth, kind, delta, on_hand, changed_at)
  SELECT listing_id, sequence, 0, 'OPENED', on_hand, on_hand, updated_at FROM listings WHERE on_hand <> 0;
