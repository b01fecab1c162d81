-- Where members have things sent to.
CREATE TABLE addresses (
  address_id  BIGINT       NOT NULL PRIMARY KEY,
  member_id   BIGINT       NOT NULL,
  recipient   VARCHAR(100) NOT NULL,
  phone       VARCHAR(30)  NOT NULL,
  country     CHAR(2)      NOT NULL,
  postal_code VARCHAR(20)  NOT NULL,
  city        VARCHAR(100) NOT NULL,
  line1       VARCHAR(200) NOT NULL,
  line2       VARCHAR(200) NOT NULL,
  version     BIGINT       NOT NULL,
  created_at  DATETIME(6)  NOT NULL,
  updated_at  DATETIME(6)  NOT NULL,
  KEY addresses_member (member_id, address_id),
  CONSTRAINT addresses_of_member FOREIGN KEY (member_id) REFERENCES members (member_id)
);
