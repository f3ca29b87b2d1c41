-- Measures: what a group asks its members and when, and what each was asked. Answers and the score that came of them are one sealed text.

-- A practice's own instruments. A version that somebody is answering stays when a newer one comes.
CREATE TABLE instrument (
  id BIGINT PRIMARY KEY,
  slug TEXT NOT NULL,
  version TEXT NOT NULL,
  body TEXT NOT NULL,
  licence TEXT NOT NULL,
  accepted_by BIGINT NOT NULL REFERENCES person (id),
  accepted_at BIGINT NOT NULL,
  UNIQUE (slug, version)
);

CREATE TABLE measure_schedule (
  group_id BIGINT NOT NULL REFERENCES groups (id),
  slug TEXT NOT NULL,
  before_first BIGINT NOT NULL CHECK (before_first IN (0, 1)),
  every_weeks BIGINT NOT NULL CHECK (every_weeks BETWEEN 0 AND 26),
  at_end BIGINT NOT NULL CHECK (at_end IN (0, 1)),
  -- Whether a member reads what the change since their first score is called.
  tell_change BIGINT NOT NULL CHECK (tell_change IN (0, 1)),
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (group_id, slug)
);

-- One member is asked otherwise than the group: every so many weeks, or never (0).
CREATE TABLE measure_exception (
  group_id BIGINT NOT NULL REFERENCES groups (id),
  person_id BIGINT NOT NULL REFERENCES person (id),
  slug TEXT NOT NULL,
  every_weeks BIGINT NOT NULL CHECK (every_weeks BETWEEN 0 AND 26),
  PRIMARY KEY (group_id, person_id, slug)
);

-- The occasion makes it one: whoever plans twice asks once.
CREATE TABLE measure (
  id BIGINT PRIMARY KEY,
  person_id BIGINT NOT NULL REFERENCES person (id),
  group_id BIGINT REFERENCES groups (id),
  slug TEXT NOT NULL,
  version TEXT NOT NULL,
  occasion TEXT NOT NULL,
  asked_at BIGINT NOT NULL,
  asked_by BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  begun_at BIGINT,
  completed_at BIGINT,
  withdrawn_at BIGINT,
  answers_sealed BYTEA,
  UNIQUE (person_id, slug, occasion)
);

CREATE INDEX measure_asked ON measure (asked_at);

CREATE INDEX measure_completed ON measure (slug, completed_at);

ALTER TABLE reminder_choice ADD COLUMN measures BIGINT NOT NULL DEFAULT 1;

-- Where a task comes from is care::risk::Source; a new source needs no new table any more.
CREATE TABLE risk_task_now (
  id BIGINT PRIMARY KEY,
  person_id BIGINT NOT NULL REFERENCES person (id),
  session_id BIGINT REFERENCES session (id),
  source TEXT NOT NULL,
  occasion TEXT NOT NULL UNIQUE,
  owner_id BIGINT NOT NULL REFERENCES person (id),
  detail_sealed BYTEA,
  opened_at BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  escalated_at BIGINT,
  closed_at BIGINT,
  closed_by BIGINT,
  closing_note_sealed BYTEA
);

INSERT INTO risk_task_now SELECT id, person_id, session_id, source, occasion, owner_id, detail_sealed, opened_at, due_at, escalated_at, closed_at, closed_by, closing_note_sealed FROM risk_task;

DROP TABLE risk_task;

ALTER TABLE risk_task_now RENAME TO risk_task;

CREATE INDEX risk_task_open ON risk_task (closed_at, due_at);
