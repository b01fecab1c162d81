-- For money that is held: when to announce it again.
ALTER TABLE payments
  ADD COLUMN remind_at DATETIME(6) NULL,
  ADD KEY payments_remind_at (remind_at);

UPDATE payments SET remind_at = deadline + INTERVAL 30 SECOND
WHERE state IN ('AUTHORIZED', 'CAPTURE_FAILED');
