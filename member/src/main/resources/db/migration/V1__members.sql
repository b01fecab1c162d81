-- Members, their sessions, the blocked tokens and the keys that sign.

CREATE TABLE members (
  member_id     BIGINT       NOT NULL PRIMARY KEY,
  email         VARCHAR(254) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  password_hash VARCHAR(255) NOT NULL,
  name          VARCHAR(100) NOT NULL,
  shop_name     VARCHAR(100) NULL,
  admin         BOOLEAN      NOT NULL,
  status        VARCHAR(32)  NOT NULL,
  version       BIGINT       NOT NULL,
  created_at    DATETIME(6)  NOT NULL,
  updated_at    DATETIME(6)  NOT NULL,
  UNIQUE KEY members_email (email)
);

-- One login: the family of the refresh tokens that follow from it.
CREATE TABLE sessions (
  session_id CHAR(36)    NOT NULL PRIMARY KEY,
  member_id  BIGINT      NOT NULL,
  started_at DATETIME(6) NOT NULL,
  expires_at DATETIME(6) NOT NULL,
  revoked_at DATETIME(6) NULL,
  KEY sessions_member (member_id, expires_at),
  CONSTRAINT sessions_of_member FOREIGN KEY (member_id) REFERENCES members (member_id)
);

-- A refresh token and the access token that was issued with it. Only the SHA-256 of the refresh
-- token is kept: what stands here cannot be used.
CREATE TABLE refresh_tokens (
  token_hash        BINARY(32)  NOT NULL PRIMARY KEY,
  session_id        CHAR(36)    NOT NULL,
  expires_at        DATETIME(6) NOT NULL,
  used_at           DATETIME(6) NULL,
  access_token_id   CHAR(36)    NOT NULL,
  access_expires_at DATETIME(6) NOT NULL,
  UNIQUE KEY refresh_tokens_access (access_token_id),
  KEY refresh_tokens_session (session_id),
  CONSTRAINT refresh_tokens_of_session FOREIGN KEY (session_id) REFERENCES sessions (session_id)
    ON DELETE CASCADE
);

-- Blocked tokens until they expire by themselves. block_key is the key of the topic token-blocks:
-- "jti:" and the token id, or "member:" and the member id.
CREATE TABLE token_blocks (
  block_key     VARCHAR(64) NOT NULL PRIMARY KEY,
  issued_before DATETIME(6) NULL,
  expires_at    DATETIME(6) NOT NULL,
  KEY token_blocks_expiry (expires_at)
);

-- The keys of the access tokens, shared by all instances. The highest generation whose signs_from
-- has come signs; the others only verify.
CREATE TABLE signing_keys (
  generation  INT         NOT NULL PRIMARY KEY,
  key_id      CHAR(36)    NOT NULL UNIQUE,
  private_key BLOB        NOT NULL,
  protection  VARCHAR(32) NOT NULL,
  public_key  BLOB        NOT NULL,
  created_at  DATETIME(6) NOT NULL,
  signs_from  DATETIME(6) NOT NULL
);
