-- What is sold, whoever sells it.
CREATE TABLE products (
  product_id  BIGINT       NOT NULL,
  owner_id    BIGINT       NOT NULL,
  -- compared exactly: a buyer may order by name
  name        VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  description TEXT         NOT NULL,
  category    VARCHAR(100) NOT NULL,
  brand       VARCHAR(100) NOT NULL,
  attributes  JSON         NOT NULL,
  images      JSON         NOT NULL,
  version     BIGINT       NOT NULL,
  created_at  DATETIME(6)  NOT NULL,
  updated_at  DATETIME(6)  NOT NULL,
  PRIMARY KEY (product_id),
  KEY products_name (name)
);

-- One per seller and product. Stock is pieces; the price is in minor units of its currency.
CREATE TABLE listings (
  listing_id     BIGINT      NOT NULL,
  product_id     BIGINT      NOT NULL,
  seller_id      BIGINT      NOT NULL,
  price_amount   BIGINT      NOT NULL,
  price_currency CHAR(3)     NOT NULL,
  status         VARCHAR(32) NOT NULL,
  on_hand        BIGINT      NOT NULL,
  reserved       BIGINT      NOT NULL,
  sold           BIGINT      NOT NULL,
  initial        BIGINT      NOT NULL,
  adjusted       BIGINT      NOT NULL,
  restocked      BIGINT      NOT NULL,
  version        BIGINT      NOT NULL,
  sequence       BIGINT      NOT NULL,
  updated_at     DATETIME(6) NOT NULL,
  -- when the stock that orders moved is to be announced on the topic "listings"; NULL when nothing is
  announce_at    DATETIME(6) NULL,
  PRIMARY KEY (listing_id),
  UNIQUE KEY listings_product_seller (product_id, seller_id),
  KEY listings_announce_at (announce_at),
  CONSTRAINT listings_product FOREIGN KEY (product_id) REFERENCES products (product_id),
  CONSTRAINT listings_bounds CHECK (reserved >= 0 AND on_hand >= reserved AND sold >= 0),
  CONSTRAINT listings_balance CHECK (on_hand + sold = initial + adjusted + restocked)
);

-- What each order asked of the stock and what it was answered; the key makes a repetition harmless.
CREATE TABLE order_steps (
  order_id   CHAR(36)    CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  step       VARCHAR(32) NOT NULL,
  outcome    VARCHAR(32) NOT NULL,
  reason     VARCHAR(32) NULL,
  -- the listing that stood in the way
  listing_id BIGINT      NULL,
  -- [{"listingId": 1, "quantity": 2}], for an accepted RESERVE
  held       JSON        NULL,
  deadline   DATETIME(6) NOT NULL,
  taken_at   DATETIME(6) NOT NULL,
  -- for a RESERVE that is still open: when to announce it again
  remind_at  DATETIME(6) NULL,
  PRIMARY KEY (order_id, step),
  KEY order_steps_remind_at (remind_at)
);
