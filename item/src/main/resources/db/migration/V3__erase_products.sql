-- A product that its owner deleted, and its listings. The rows stay: orders that hold or bought pieces of
-- them are committed, released and taken back as ever.
ALTER TABLE products ADD COLUMN erased_at DATETIME(6) NULL;
ALTER TABLE listings ADD COLUMN erased_at DATETIME(6) NULL;
