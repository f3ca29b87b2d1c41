-- What somebody asks of their own data, what may not be destroyed yet, and the list of what was.

CREATE TABLE deletion_request (
  id BIGINT PRIMARY KEY,
  person_id BIGINT NOT NULL REFERENCES person (id),
  asked_at BIGINT NOT NULL,
  words_sealed BYTEA NOT NULL,
  outcome TEXT NOT NULL DEFAULT 'open' CHECK (outcome IN ('open', 'taken_back', 'closed', 'declined', 'destroyed')),
  decided_at BIGINT,
  decided_by BIGINT REFERENCES person (id),
  reply_sealed BYTEA
);

CREATE UNIQUE INDEX deletion_request_once ON deletion_request (person_id) WHERE outcome IN ('open', 'closed');

CREATE TABLE legal_hold (
  person_id BIGINT PRIMARY KEY REFERENCES person (id),
  held_at BIGINT NOT NULL,
  held_by BIGINT NOT NULL REFERENCES person (id)
);

-- Kept for years after the record itself; names nobody.
CREATE TABLE destruction (
  id BIGINT PRIMARY KEY,
  person_id BIGINT NOT NULL REFERENCES person (id),
  destroyed_at BIGINT NOT NULL,
  destroyed_by BIGINT NOT NULL REFERENCES person (id),
  last_entry_day TEXT NOT NULL,
  rule TEXT NOT NULL,
  decided TEXT NOT NULL
);
