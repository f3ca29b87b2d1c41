-- How somebody wants to be reminded. The number stands sealed, and as a keyed mark by which an answer to a text finds it.

CREATE TABLE reminder_choice (
  person_id BIGINT PRIMARY KEY REFERENCES person (id),
  email BIGINT NOT NULL CHECK (email IN (0, 1)),
  texts BIGINT NOT NULL CHECK (texts IN (0, 1)),
  day_before BIGINT NOT NULL CHECK (day_before IN (0, 1)),
  hour_before BIGINT NOT NULL CHECK (hour_before IN (0, 1)),
  homework BIGINT NOT NULL CHECK (homework IN (0, 1)),
  quiet_from BIGINT NOT NULL CHECK (quiet_from BETWEEN 0 AND 1439),
  quiet_to BIGINT NOT NULL CHECK (quiet_to BETWEEN 0 AND 1439),
  phone_sealed BYTEA,
  phone_mark BYTEA,
  consent_at BIGINT,
  consent_words TEXT,
  stopped_at BIGINT,
  changed_at BIGINT NOT NULL,
  CHECK (texts = 0 OR (phone_sealed IS NOT NULL AND phone_mark IS NOT NULL AND consent_at IS NOT NULL))
);

CREATE INDEX reminder_choice_phone ON reminder_choice (phone_mark);

CREATE INDEX homework_due ON homework (due_at);

-- Set before something goes out that must not go twice.
ALTER TABLE job ADD COLUMN claimed_at BIGINT;

-- Reminders make many jobs, and those that are done stay, so that none is done twice. A worker looks at the open ones alone.
CREATE INDEX job_open ON job (due_at) WHERE done_at IS NULL AND gave_up_at IS NULL;
