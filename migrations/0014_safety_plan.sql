-- Safety plans in versions, and who is on call when.

CREATE TABLE safety_plan (
  id BIGINT PRIMARY KEY,
  person_id BIGINT NOT NULL REFERENCES person (id),
  version BIGINT NOT NULL,
  plan_sealed BYTEA NOT NULL,
  made_at BIGINT NOT NULL,
  made_by BIGINT NOT NULL REFERENCES person (id),
  UNIQUE (person_id, version)
);

CREATE TABLE on_call (
  id BIGINT PRIMARY KEY,
  person_id BIGINT NOT NULL REFERENCES person (id),
  weekday BIGINT NOT NULL CHECK (weekday BETWEEN 1 AND 7),
  from_minute BIGINT NOT NULL CHECK (from_minute BETWEEN 0 AND 1439),
  to_minute BIGINT NOT NULL CHECK (to_minute BETWEEN 1 AND 1440),
  CHECK (from_minute < to_minute)
);
