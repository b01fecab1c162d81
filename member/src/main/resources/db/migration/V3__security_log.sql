-- What happened to accounts, for whoever has to find out later. Rows are only added: nothing here
-- updates one, and it outlives the member, of whom it has the id alone.
CREATE TABLE security_log (
  entry_id   BIGINT      NOT NULL PRIMARY KEY,
  event      VARCHAR(40) NOT NULL,
  member_id  BIGINT      NULL,
  actor_id   BIGINT      NULL,
  trace_id   VARCHAR(32) NOT NULL,
  created_at DATETIME(6) NOT NULL,
  KEY security_log_member (member_id, entry_id),
  KEY security_log_time (created_at)
);

-- When the password was last chosen; empty: at sign-up. A hash that is made anew for its cost is no
-- new password.
ALTER TABLE members ADD COLUMN password_set_at DATETIME(6) NULL;
