-- A seller's own key of a product, and what an export reads in order.
ALTER TABLE products
  ADD COLUMN sku VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL AFTER owner_id,
  ADD UNIQUE KEY products_owner_sku (owner_id, sku),
  ADD KEY products_owner (owner_id, product_id);
ALTER TABLE listings ADD KEY listings_seller (seller_id, product_id);

-- How far an import with an Idempotency-Key has come: its lines up to this one are committed.
CREATE TABLE imports (
  seller_id  BIGINT       NOT NULL,
  import_key VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  line       BIGINT       NOT NULL,
  -- of all lines up to there: another file under the same key is noticed
  digest     CHAR(64)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_at DATETIME(6)  NOT NULL,
  PRIMARY KEY (seller_id, import_key),
  KEY imports_created_at (created_at)
);
