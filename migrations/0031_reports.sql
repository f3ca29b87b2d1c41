-- What somebody reported: their reason under their key, and the message as it was then under its author's, because it may be taken back.
CREATE TABLE message_report (
  id BIGINT PRIMARY KEY,
  message_id BIGINT NOT NULL REFERENCES message (id),
  by_id BIGINT NOT NULL REFERENCES person (id),
  reason_sealed BYTEA NOT NULL,
  copy_sealed BYTEA NOT NULL,
  reported_at BIGINT NOT NULL,
  UNIQUE (message_id, by_id)
);
-- Whom somebody does not want to read. The other is never told.
CREATE TABLE person_block (
  by_id BIGINT NOT NULL REFERENCES person (id),
  other_id BIGINT NOT NULL REFERENCES person (id),
  blocked_at BIGINT NOT NULL,
  PRIMARY KEY (by_id, other_id)
);
