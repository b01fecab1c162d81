-- Payments, what is to be done with them, wallets, and the double-entry ledger.

CREATE TABLE payments (
  payment_id CHAR(36)     NOT NULL PRIMARY KEY,
  order_id   CHAR(36)     NULL,
  member_id  BIGINT       NOT NULL,
  method     VARCHAR(32)  NOT NULL,
  amount     BIGINT       NOT NULL,
  currency   CHAR(3)      NOT NULL,
  token      VARCHAR(255) NOT NULL,
  state      VARCHAR(32)  NOT NULL,
  -- The provider's name for what it holds or took.
  reference  VARCHAR(100) NOT NULL,
  reason     VARCHAR(64)  NOT NULL,
  deadline   DATETIME(6)  NOT NULL,
  created_at DATETIME(6)  NOT NULL,
  updated_at DATETIME(6)  NOT NULL,
  UNIQUE KEY payments_order (order_id),
  KEY payments_member (member_id, created_at, payment_id)
);

-- What is to be done with a payment, each step at most once, in the order of intent_id; open while
-- outcome is NULL. A worker claims it until claimed_until; after a failed attempt it rests until
-- due_at.
CREATE TABLE intents (
  intent_id     BIGINT       NOT NULL PRIMARY KEY,
  payment_id    CHAR(36)     NOT NULL,
  step          VARCHAR(32)  NOT NULL,
  open          BOOLEAN      NOT NULL,
  outcome       VARCHAR(32)  NULL,
  reason        VARCHAR(64)  NOT NULL DEFAULT '',
  attempts      INT          NOT NULL DEFAULT 0,
  due_at        DATETIME(6)  NOT NULL,
  claimed_until DATETIME(6)  NOT NULL,
  traceparent   VARCHAR(64)  NULL,
  created_at    DATETIME(6)  NOT NULL,
  done_at       DATETIME(6)  NULL,
  UNIQUE KEY intents_step (payment_id, step),
  KEY intents_open (open, due_at, claimed_until)
);

-- Money of members; the shop's own accounts have no such row, because everybody would wait for it.
CREATE TABLE wallets (
  member_id BIGINT  NOT NULL,
  currency  CHAR(3) NOT NULL,
  balance   BIGINT  NOT NULL CHECK (balance >= 0),
  held      BIGINT  NOT NULL CHECK (held >= 0),
  PRIMARY KEY (member_id, currency)
);

-- Every movement of money, once per payment and kind; its lines sum to 0.
CREATE TABLE journal_entries (
  entry_id   BIGINT      NOT NULL PRIMARY KEY,
  payment_id CHAR(36)    NOT NULL,
  order_id   CHAR(36)    NULL,
  kind       VARCHAR(32) NOT NULL,
  at         DATETIME(6) NOT NULL,
  UNIQUE KEY journal_entries_once (payment_id, kind),
  KEY journal_entries_order (order_id)
);

-- Debits are positive, credits negative.
CREATE TABLE journal_lines (
  entry_id BIGINT      NOT NULL,
  line     INT         NOT NULL,
  account  VARCHAR(64) NOT NULL,
  amount   BIGINT      NOT NULL,
  currency CHAR(3)     NOT NULL,
  PRIMARY KEY (entry_id, line),
  KEY journal_lines_account (account, currency, entry_id)
);

-- The simulated provider's own memory: what was asked under a key, and what came of it.
CREATE TABLE simulator_calls (
  idempotency_key VARCHAR(100) NOT NULL PRIMARY KEY,
  operation       VARCHAR(32)  NOT NULL,
  declined        VARCHAR(64)  NULL,
  reference       VARCHAR(100) NOT NULL,
  at              DATETIME(6)  NOT NULL
);
