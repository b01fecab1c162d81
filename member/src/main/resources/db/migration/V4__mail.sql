-- Mails that are to be sent. A row says which mail and to whom; a token that goes with it is made
-- when it is sent and kept as a hash alone, so that nothing that opens an account can be read here.
CREATE TABLE mails (
  mail_id    BIGINT       NOT NULL PRIMARY KEY,
  kind       VARCHAR(32)  NOT NULL,
  email      VARCHAR(254) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  attempts   INT          NOT NULL,
  due_at     DATETIME(6)  NOT NULL,
  created_at DATETIME(6)  NOT NULL,
  KEY mails_due (due_at),
  KEY mails_email (email),
  KEY mails_time (created_at)
);

-- What a mail's token is good for; only its SHA-256 is kept.
CREATE TABLE mail_tokens (
  token_hash BINARY(32)  NOT NULL PRIMARY KEY,
  kind       VARCHAR(32) NOT NULL,
  member_id  BIGINT      NOT NULL,
  expires_at DATETIME(6) NOT NULL,
  created_at DATETIME(6) NOT NULL,
  KEY mail_tokens_member (member_id, kind),
  KEY mail_tokens_time (created_at),
  CONSTRAINT mail_tokens_of_member FOREIGN KEY (member_id) REFERENCES members (member_id)
    ON DELETE CASCADE
);

ALTER TABLE members ADD COLUMN email_verified BOOLEAN NOT NULL DEFAULT FALSE;
