-- Refunds that an admin makes: several per payment, each a part of it, or all that is left.

CREATE TABLE refunds (
  refund_id    CHAR(36)     NOT NULL PRIMARY KEY,
  payment_id   CHAR(36)     NOT NULL,
  amount       BIGINT       NOT NULL CHECK (amount > 0),
  currency     CHAR(3)      NOT NULL,
  reason       VARCHAR(200) NOT NULL,
  requested_by BIGINT       NOT NULL,
  created_at   DATETIME(6)  NOT NULL,
  KEY refunds_payment (payment_id)
);

-- A step is there once per payment, and the refunds by hand once each. How much each is about.
ALTER TABLE intents
  ADD COLUMN refund_id CHAR(36) NOT NULL DEFAULT '' AFTER step,
  ADD COLUMN amount BIGINT NOT NULL DEFAULT 0 AFTER refund_id,
  ADD COLUMN currency CHAR(3) NOT NULL DEFAULT '' AFTER amount,
  ADD UNIQUE KEY intents_once (payment_id, step, refund_id),
  DROP KEY intents_step;

UPDATE intents JOIN payments ON payments.payment_id = intents.payment_id
SET intents.amount = payments.amount, intents.currency = payments.currency;

-- What of a captured payment was given back while its order goes on.
ALTER TABLE payments ADD COLUMN refunded BIGINT NOT NULL DEFAULT 0 AFTER amount;

-- The refund by hand that the movement belongs to; empty for what the order's own end gave back.
ALTER TABLE journal_entries
  ADD COLUMN refund_id CHAR(36) NOT NULL DEFAULT '' AFTER kind,
  ADD UNIQUE KEY journal_entries_refund (payment_id, kind, refund_id),
  DROP KEY journal_entries_once;
