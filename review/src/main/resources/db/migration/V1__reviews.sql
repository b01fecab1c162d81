-- A member's review of a product they bought: one per member and product.
CREATE TABLE reviews (
  review_id    CHAR(36)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  product_id   BIGINT       NOT NULL,
  member_id    BIGINT       NOT NULL,
  rating       TINYINT      NOT NULL,
  title        VARCHAR(100) NOT NULL,
  text         TEXT         NOT NULL,
  helpful      BIGINT       NOT NULL,
  seller_reply TEXT         NULL,
  -- VISIBLE or HIDDEN
  state        VARCHAR(32)  NOT NULL,
  version      BIGINT       NOT NULL,
  created_at   DATETIME(6)  NOT NULL,
  updated_at   DATETIME(6)  NOT NULL,
  PRIMARY KEY (review_id),
  UNIQUE KEY reviews_once (member_id, product_id),
  KEY reviews_newest (product_id, state, created_at, review_id),
  KEY reviews_rating (product_id, state, rating, created_at, review_id)
) DEFAULT CHARSET = utf8mb4;

-- How many visible reviews of a product gave each number of stars. The row is the lock under which
-- the product's reviews change; version grows by one with each change.
CREATE TABLE product_ratings (
  product_id BIGINT NOT NULL,
  version    BIGINT NOT NULL,
  one        BIGINT NOT NULL,
  two        BIGINT NOT NULL,
  three      BIGINT NOT NULL,
  four       BIGINT NOT NULL,
  five       BIGINT NOT NULL,
  PRIMARY KEY (product_id)
) DEFAULT CHARSET = utf8mb4;

-- Who bought what, as the topic "orders" says. verifies is FALSE once the purchase was undone.
CREATE TABLE purchases (
  order_id      CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  product_id    BIGINT   NOT NULL,
  member_id     BIGINT   NOT NULL,
  order_version BIGINT   NOT NULL,
  verifies      BOOLEAN  NOT NULL,
  PRIMARY KEY (order_id, product_id),
  KEY purchases_member_product (member_id, product_id, verifies)
) DEFAULT CHARSET = utf8mb4;

-- The members' names, as the topic "members" says; NULL once the member was erased, for good.
CREATE TABLE member_names (
  member_id BIGINT       NOT NULL,
  version   BIGINT       NOT NULL,
  name      VARCHAR(200) NULL,
  PRIMARY KEY (member_id)
) DEFAULT CHARSET = utf8mb4;
