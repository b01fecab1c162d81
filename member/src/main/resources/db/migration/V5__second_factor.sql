-- The second factor of who wants one: a secret shared with an authenticator app (RFC 6238), kept as
-- the signing keys are. Before it is confirmed it is not asked for. last_step: a code works once.
CREATE TABLE second_factors (
  member_id  BIGINT         NOT NULL PRIMARY KEY,
  secret     VARBINARY(128) NOT NULL,
  protection VARCHAR(32)    NOT NULL,
  confirmed  BOOLEAN        NOT NULL,
  last_step  BIGINT         NOT NULL,
  created_at DATETIME(6)    NOT NULL,
  CONSTRAINT second_factors_of_member FOREIGN KEY (member_id) REFERENCES members (member_id)
    ON DELETE CASCADE
);

-- For who has lost the app; each works once, and only its SHA-256 is kept.
CREATE TABLE recovery_codes (
  member_id BIGINT     NOT NULL,
  code_hash BINARY(32) NOT NULL,
  PRIMARY KEY (member_id, code_hash),
  CONSTRAINT recovery_codes_of_factor FOREIGN KEY (member_id) REFERENCES second_factors (member_id)
    ON DELETE CASCADE
);
