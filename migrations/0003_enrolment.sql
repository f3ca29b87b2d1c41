-- From asking for a seat to sitting in it: who asked, what they told, the call, the line, and who may come despite the tables.

-- A seat is one person's while they are in the group. Whoever left leaves it free, and may come back.
CREATE TABLE membership_now (
  id BIGINT PRIMARY KEY,
  group_id BIGINT NOT NULL REFERENCES groups (id),
  person_id BIGINT NOT NULL REFERENCES person (id),
  part TEXT NOT NULL CHECK (part IN ('facilitator', 'member', 'observer', 'interpreter')),
  display_name TEXT NOT NULL,
  seat BIGINT NOT NULL CHECK (seat BETWEEN 0 AND 19),
  joined_at BIGINT NOT NULL,
  left_at BIGINT,
  first_number BIGINT NOT NULL DEFAULT 1,
  paused_until BIGINT,
  leaves_after BIGINT
);

INSERT INTO membership_now (id, group_id, person_id, part, display_name, seat, joined_at, left_at)
  SELECT id, group_id, person_id, part, display_name, seat, joined_at, left_at FROM membership;

DROP TABLE membership;

ALTER TABLE membership_now RENAME TO membership;

CREATE UNIQUE INDEX membership_seat ON membership (group_id, seat) WHERE left_at IS NULL;

CREATE UNIQUE INDEX membership_once ON membership (group_id, person_id) WHERE left_at IS NULL;

CREATE INDEX membership_person ON membership (person_id);

-- A positive risk screen is one more source of a task.
CREATE TABLE risk_task_now (
  id BIGINT PRIMARY KEY,
  person_id BIGINT NOT NULL REFERENCES person (id),
  session_id BIGINT REFERENCES session (id),
  source TEXT NOT NULL CHECK (source IN ('asked_for_help', 'concern', 'leader_missing', 'screening', 'screening_acute')),
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

-- A group that is being formed has not started; a cohort has a last day.
ALTER TABLE groups ADD COLUMN started_at BIGINT;

UPDATE groups SET started_at = created_at;

ALTER TABLE groups ADD COLUMN minimum BIGINT NOT NULL DEFAULT 3;

ALTER TABLE groups ADD COLUMN admission TEXT NOT NULL DEFAULT 'rolling' CHECK (admission IN ('rolling', 'weeks', 'closed'));

ALTER TABLE groups ADD COLUMN admission_weeks TEXT NOT NULL DEFAULT '';

ALTER TABLE groups ADD COLUMN starts_on TEXT NOT NULL DEFAULT '';

ALTER TABLE groups ADD COLUMN ends_on TEXT NOT NULL DEFAULT '';

-- Whether classes are open whatever the place, and who decided that; whether they are joined without a call.
ALTER TABLE practice ADD COLUMN class_decided_by TEXT NOT NULL DEFAULT '';

ALTER TABLE practice ADD COLUMN class_decided_on TEXT NOT NULL DEFAULT '';

ALTER TABLE practice ADD COLUMN class_direct BIGINT NOT NULL DEFAULT 0;

CREATE TABLE application (
  id BIGINT PRIMARY KEY,
  person_id BIGINT NOT NULL REFERENCES person (id),
  group_id BIGINT NOT NULL REFERENCES groups (id),
  step TEXT NOT NULL CHECK (step IN ('screening', 'call', 'talk', 'accepted', 'closed')),
  place TEXT NOT NULL CHECK (place IN ('held', 'offered', 'waiting', 'none')),
  ended TEXT NOT NULL DEFAULT '' CHECK (ended IN ('', 'seated', 'other_group', 'not_now', 'withdrawn', 'lapsed')),
  residence TEXT NOT NULL,
  asked_at BIGINT NOT NULL,
  in_line_at BIGINT NOT NULL,
  step_at BIGINT NOT NULL,
  hold_ends_at BIGINT,
  decided_by BIGINT,
  words_sealed BYTEA
);

CREATE UNIQUE INDEX application_open ON application (group_id, person_id) WHERE step <> 'closed';

CREATE INDEX application_person ON application (person_id);

CREATE TABLE screening (
  id BIGINT PRIMARY KEY,
  person_id BIGINT NOT NULL REFERENCES person (id),
  answers_sealed BYTEA NOT NULL,
  sent_at BIGINT NOT NULL
);

CREATE INDEX screening_person ON screening (person_id, sent_at);

CREATE TABLE call_slot (
  id BIGINT PRIMARY KEY,
  clinician_id BIGINT NOT NULL REFERENCES person (id),
  starts_at BIGINT NOT NULL,
  minutes BIGINT NOT NULL CHECK (minutes BETWEEN 10 AND 120),
  application_id BIGINT UNIQUE REFERENCES application (id),
  UNIQUE (clinician_id, starts_at)
);

CREATE TABLE eligibility_override (
  id BIGINT PRIMARY KEY,
  person_id BIGINT NOT NULL REFERENCES person (id),
  group_id BIGINT NOT NULL REFERENCES groups (id),
  jurisdiction TEXT NOT NULL,
  reason_sealed BYTEA NOT NULL,
  given_by BIGINT NOT NULL REFERENCES person (id),
  given_at BIGINT NOT NULL,
  UNIQUE (person_id, group_id, jurisdiction)
);
