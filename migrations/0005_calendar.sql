-- The calendar: what happens to single sessions, days when nobody meets, who cannot come, appointments, feeds, tasks to reach out.

ALTER TABLE session ADD COLUMN cancelled_at BIGINT;
-- Where the weekly rhythm had put it, kept from the first move on.
ALTER TABLE session ADD COLUMN moved_from BIGINT;
-- Counts the changes that a calendar must notice (SEQUENCE in RFC 5545).
ALTER TABLE session ADD COLUMN changes BIGINT NOT NULL DEFAULT 0;
ALTER TABLE session ADD COLUMN led_by BIGINT;

CREATE TABLE group_time (
  id BIGINT PRIMARY KEY,
  group_id BIGINT NOT NULL REFERENCES groups (id),
  weekday BIGINT NOT NULL CHECK (weekday BETWEEN 1 AND 7),
  minute_of_day BIGINT NOT NULL CHECK (minute_of_day BETWEEN 0 AND 1439),
  UNIQUE (group_id, weekday, minute_of_day)
);

CREATE TABLE holiday (
  day TEXT PRIMARY KEY,
  name TEXT NOT NULL
);

CREATE TABLE absence (
  session_id BIGINT NOT NULL REFERENCES session (id),
  person_id BIGINT NOT NULL REFERENCES person (id),
  kind TEXT NOT NULL CHECK (kind IN ('cannot', 'late')),
  minutes BIGINT NOT NULL CHECK (minutes BETWEEN 0 AND 60),
  said_at BIGINT NOT NULL,
  PRIMARY KEY (session_id, person_id)
);

CREATE TABLE appointment (
  id BIGINT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('individual', 'family', 'workshop')),
  leader_id BIGINT NOT NULL REFERENCES person (id),
  zone TEXT NOT NULL,
  starts_at BIGINT NOT NULL,
  minutes BIGINT NOT NULL CHECK (minutes BETWEEN 10 AND 480),
  made_at BIGINT NOT NULL,
  cancelled_at BIGINT,
  changes BIGINT NOT NULL DEFAULT 0
);

CREATE INDEX appointment_start ON appointment (starts_at);

CREATE TABLE appointment_person (
  appointment_id BIGINT NOT NULL REFERENCES appointment (id),
  person_id BIGINT NOT NULL REFERENCES person (id),
  PRIMARY KEY (appointment_id, person_id)
);

CREATE INDEX appointment_of_person ON appointment_person (person_id);

-- On the person's own clock.
CREATE TABLE availability (
  id BIGINT PRIMARY KEY,
  person_id BIGINT NOT NULL REFERENCES person (id),
  weekday BIGINT NOT NULL CHECK (weekday BETWEEN 1 AND 7),
  from_minute BIGINT NOT NULL CHECK (from_minute BETWEEN 0 AND 1439),
  to_minute BIGINT NOT NULL CHECK (to_minute BETWEEN 1 AND 1440),
  CHECK (from_minute < to_minute)
);

CREATE INDEX availability_person ON availability (person_id);

CREATE TABLE calendar_feed (
  token_hash BYTEA PRIMARY KEY,
  person_id BIGINT NOT NULL REFERENCES person (id),
  made_at BIGINT NOT NULL,
  revoked_at BIGINT
);

CREATE INDEX calendar_feed_person ON calendar_feed (person_id);

CREATE TABLE outreach_task (
  id BIGINT PRIMARY KEY,
  session_id BIGINT NOT NULL REFERENCES session (id),
  person_id BIGINT NOT NULL REFERENCES person (id),
  owner_id BIGINT NOT NULL REFERENCES person (id),
  opened_at BIGINT NOT NULL,
  done_at BIGINT,
  done_by BIGINT,
  note_sealed BYTEA,
  UNIQUE (session_id, person_id)
);

CREATE INDEX outreach_task_owner ON outreach_task (owner_id, done_at);

CREATE TABLE group_programme (
  group_id BIGINT PRIMARY KEY REFERENCES groups (id),
  agendas TEXT NOT NULL,
  changed_at BIGINT NOT NULL
);
