-- From whom it was bought. 0 in rows that were written before this was kept: the log of orders is
-- read again and gives each a row that knows (docs/adr/0020).
ALTER TABLE purchases
  ADD COLUMN seller_id BIGINT NOT NULL DEFAULT 0 AFTER product_id,
  DROP PRIMARY KEY,
  ADD PRIMARY KEY (order_id, product_id, seller_id);
