-- What the chassis keeps in a service's own schema (design, sections 4 and 6).

-- Events that were committed together with the state they tell of and have not reached Kafka yet.
-- The relay sends them in id order and deletes them after the broker's acknowledgement.
CREATE TABLE outbox (
    id          BIGINT       NOT NULL AUTO_INCREMENT,
    topic       VARCHAR(200) NOT NULL,
    record_key  VARCHAR(200) NOT NULL,
    value       LONGBLOB     NULL,
    headers     TEXT         NOT NULL,
    created_at  DATETIME(6)  NOT NULL,
    PRIMARY KEY (id)
) DEFAULT CHARSET = utf8mb4;

-- Records that a consumer without a natural key has handled.
CREATE TABLE inbox (
    consumer    VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    event_id    VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    created_at  DATETIME(6)  NOT NULL,
    PRIMARY KEY (consumer, event_id),
    KEY inbox_created_at (created_at)
) DEFAULT CHARSET = utf8mb4;

-- First answers to requests with an Idempotency-Key. scope_hash is the SHA-256 of member, method,
-- path and key; status is NULL only inside the transaction that does the work.
CREATE TABLE idempotency_key (
    scope_hash   BINARY(32)   NOT NULL,
    request_hash BINARY(32)   NOT NULL,
    status       SMALLINT     NULL,
    headers      TEXT         NULL,
    body         MEDIUMBLOB   NULL,
    created_at   DATETIME(6)  NOT NULL,
    PRIMARY KEY (scope_hash),
    KEY idempotency_key_created_at (created_at)
) DEFAULT CHARSET = utf8mb4;
