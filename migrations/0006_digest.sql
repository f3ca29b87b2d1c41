-- The weekly digest: who gets it, and what is remembered of the catalogue. A subscriber has no account; whoever leaves is forgotten.

CREATE TABLE subscriber (
  id BIGINT PRIMARY KEY,
  mark BYTEA NOT NULL UNIQUE,
  address_sealed BYTEA NOT NULL,
  language TEXT NOT NULL CHECK (language IN ('en', 'es')),
  zone TEXT NOT NULL,
  topic TEXT NOT NULL,
  place TEXT NOT NULL,
  part TEXT NOT NULL,
  since BIGINT NOT NULL,
  bounces BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE listing_known (
  group_id BIGINT PRIMARY KEY REFERENCES groups (id),
  free BIGINT NOT NULL,
  rhythm TEXT NOT NULL,
  listed_at BIGINT NOT NULL,
  freed_at BIGINT,
  moved_at BIGINT
);

-- Who asked for a digest lately, as a keyed mark: so that nobody fills a stranger's mailbox with confirmations.
CREATE TABLE digest_asked (
  mark BYTEA NOT NULL,
  at BIGINT NOT NULL
);

CREATE INDEX digest_asked_mark ON digest_asked (mark, at);
