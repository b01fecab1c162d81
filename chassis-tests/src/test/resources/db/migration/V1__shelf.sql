-- A table for the tests of the chassis: shelves with things on them.
CREATE TABLE shelf (
    id       BIGINT      NOT NULL,
    name     VARCHAR(50) NOT NULL,
    colour   VARCHAR(32) NULL,
    amount   BIGINT      NOT NULL DEFAULT 0,
    full     BOOLEAN     NOT NULL DEFAULT FALSE,
    seen_at  DATETIME(6) NULL,
    tag      CHAR(36)    NULL,
    picture  BLOB        NULL,
    PRIMARY KEY (id),
    UNIQUE KEY shelf_name (name)
) DEFAULT CHARSET = utf8mb4;
