-- Categories are told apart exactly, and counted from the index alone.
ALTER TABLE products
  MODIFY category VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  ADD KEY products_category (erased_at, category);
