-- Homework that a practice keeps to give again. Its words are sealed under the practice's key: they may have been written for one person first.
CREATE TABLE homework_template (
  id BIGINT PRIMARY KEY,
  kind TEXT NOT NULL,
  language TEXT NOT NULL CHECK (language IN ('en', 'es')),
  days BIGINT NOT NULL CHECK (days > 0),
  topics TEXT NOT NULL,
  words_sealed BYTEA NOT NULL,
  kept_by BIGINT NOT NULL REFERENCES person (id),
  changed_at BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1,
  put_away_at BIGINT,
  -- The form that made it: sent twice, it makes one.
  once TEXT NOT NULL UNIQUE
);
-- Starters that ship and that this practice does not want to be offered.
CREATE TABLE homework_starter_away (
  starter TEXT PRIMARY KEY,
  put_away_at BIGINT NOT NULL
);
