-- Somebody under 18 needs the consent of a parent or guardian, where the practice takes them at all. One row for each such person.

CREATE TABLE guardian_consent (
  person_id BIGINT PRIMARY KEY REFERENCES person (id),
  state TEXT NOT NULL CHECK (state IN ('needed', 'asked', 'given', 'declined', 'withdrawn', 'of_age')),
  token_hash BYTEA UNIQUE,
  guardian_sealed BYTEA,
  answer_sealed BYTEA,
  version_hash TEXT NOT NULL DEFAULT '',
  said_at BIGINT NOT NULL,
  asked_at BIGINT,
  ends_at BIGINT,
  answered_at BIGINT,
  CHECK (state IN ('needed', 'of_age') OR (token_hash IS NOT NULL AND guardian_sealed IS NOT NULL AND asked_at IS NOT NULL AND ends_at IS NOT NULL)),
  CHECK (state <> 'given' OR (answer_sealed IS NOT NULL AND answered_at IS NOT NULL))
);

-- Who decided that people under 18 are taken with consent, when, and from which age; 0 is nobody.
ALTER TABLE practice ADD COLUMN guardian_decided_by TEXT NOT NULL DEFAULT '';

ALTER TABLE practice ADD COLUMN guardian_decided_on TEXT NOT NULL DEFAULT '';

ALTER TABLE practice ADD COLUMN guardian_lowest BIGINT NOT NULL DEFAULT 0 CHECK (guardian_lowest = 0 OR guardian_lowest BETWEEN 13 AND 17);

-- A link that confirmed a digest, as a keyed mark, until it would be over by itself: after leaving it begins nothing again.
CREATE TABLE digest_confirmed (
  mark BYTEA PRIMARY KEY,
  ends_at BIGINT NOT NULL
);
