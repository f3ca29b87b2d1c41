-- The house: people and keys, sign-in, audit, jobs, groups and sessions, the live room, what stays after it.
-- Ids are random, below 2^53. Times are microseconds since 1970 UTC. BYTEA columns named *_sealed hold sealed text.

CREATE TABLE practice (
  id BIGINT PRIMARY KEY CHECK (id = 1),
  name TEXT NOT NULL,
  phone TEXT NOT NULL,
  zone TEXT NOT NULL,
  country TEXT NOT NULL
);

CREATE TABLE person (
  id BIGINT PRIMARY KEY,
  email TEXT NOT NULL UNIQUE CHECK (email = lower(email)),
  name TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('member', 'family', 'clinician', 'instructor', 'support_specialist', 'observer', 'coordinator', 'administrator')),
  password_hash TEXT,
  language TEXT NOT NULL DEFAULT 'en' CHECK (language IN ('en', 'es')),
  zone TEXT NOT NULL,
  contact_sealed BYTEA,
  created_at BIGINT NOT NULL,
  disabled_at BIGINT
);

CREATE TABLE data_key (
  person_id BIGINT NOT NULL,
  purpose TEXT NOT NULL CHECK (purpose IN ('practice', 'record', 'process_notes')),
  wrapped BYTEA NOT NULL,
  PRIMARY KEY (person_id, purpose)
);

CREATE TABLE sign_in (
  id BIGINT PRIMARY KEY,
  token_hash BYTEA NOT NULL UNIQUE,
  person_id BIGINT NOT NULL REFERENCES person (id),
  device TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  ends_at BIGINT NOT NULL,
  revoked_at BIGINT
);

CREATE INDEX sign_in_person ON sign_in (person_id);

CREATE TABLE link (
  token_hash BYTEA PRIMARY KEY,
  person_id BIGINT NOT NULL REFERENCES person (id),
  kind TEXT NOT NULL CHECK (kind IN ('invitation', 'reset')),
  ends_at BIGINT NOT NULL,
  used_at BIGINT
);

CREATE TABLE sign_in_failure (
  subject TEXT NOT NULL,
  at BIGINT NOT NULL
);

CREATE INDEX sign_in_failure_subject ON sign_in_failure (subject, at);

CREATE TABLE audit_head (
  id BIGINT PRIMARY KEY CHECK (id = 1),
  seq BIGINT NOT NULL,
  hash BYTEA NOT NULL
);

CREATE TABLE audit (
  seq BIGINT PRIMARY KEY,
  at BIGINT NOT NULL,
  actor BIGINT NOT NULL,
  action TEXT NOT NULL,
  object TEXT NOT NULL,
  outcome TEXT NOT NULL,
  address TEXT NOT NULL,
  hash BYTEA NOT NULL
);

CREATE TABLE job (
  id BIGINT PRIMARY KEY,
  kind TEXT NOT NULL,
  occasion TEXT NOT NULL,
  payload TEXT NOT NULL,
  due_at BIGINT NOT NULL,
  leased_until BIGINT NOT NULL DEFAULT 0,
  tries BIGINT NOT NULL DEFAULT 0,
  done_at BIGINT,
  gave_up_at BIGINT,
  UNIQUE (kind, occasion)
);

CREATE INDEX job_due ON job (due_at);

CREATE TABLE groups (
  id BIGINT PRIMARY KEY,
  name TEXT NOT NULL,
  topic TEXT NOT NULL,
  kind TEXT NOT NULL,
  weekday BIGINT NOT NULL CHECK (weekday BETWEEN 1 AND 7),
  minute_of_day BIGINT NOT NULL CHECK (minute_of_day BETWEEN 0 AND 1439),
  zone TEXT NOT NULL,
  minutes BIGINT NOT NULL CHECK (minutes BETWEEN 60 AND 120),
  capacity BIGINT NOT NULL CHECK (capacity BETWEEN 2 AND 15),
  taken BIGINT NOT NULL DEFAULT 0 CHECK (taken BETWEEN 0 AND capacity),
  language TEXT NOT NULL DEFAULT 'en',
  programme TEXT NOT NULL,
  created_at BIGINT NOT NULL
);

CREATE TABLE membership (
  id BIGINT PRIMARY KEY,
  group_id BIGINT NOT NULL REFERENCES groups (id),
  person_id BIGINT NOT NULL REFERENCES person (id),
  part TEXT NOT NULL CHECK (part IN ('facilitator', 'member', 'observer', 'interpreter')),
  display_name TEXT NOT NULL,
  seat BIGINT NOT NULL CHECK (seat BETWEEN 0 AND 19),
  joined_at BIGINT NOT NULL,
  left_at BIGINT,
  UNIQUE (group_id, seat),
  UNIQUE (group_id, person_id)
);

CREATE INDEX membership_person ON membership (person_id);

CREATE TABLE authority (
  id BIGINT PRIMARY KEY,
  person_id BIGINT NOT NULL REFERENCES person (id),
  profession TEXT NOT NULL,
  jurisdiction TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('licence', 'compact_privilege', 'exemption')),
  number TEXT NOT NULL,
  valid_from TEXT NOT NULL,
  valid_to TEXT NOT NULL,
  verified_on TEXT NOT NULL,
  source TEXT NOT NULL
);

CREATE TABLE session (
  id BIGINT PRIMARY KEY,
  group_id BIGINT NOT NULL REFERENCES groups (id),
  number BIGINT NOT NULL,
  starts_at BIGINT NOT NULL,
  minutes BIGINT NOT NULL,
  state TEXT NOT NULL DEFAULT 'planned' CHECK (state IN ('planned', 'live', 'ended')),
  agenda TEXT NOT NULL,
  begun_at BIGINT,
  ended_at BIGINT,
  UNIQUE (group_id, number)
);

CREATE INDEX session_start ON session (starts_at);

CREATE TABLE ground_rules_signature (
  person_id BIGINT NOT NULL REFERENCES person (id),
  version_hash TEXT NOT NULL,
  signed_name_sealed BYTEA NOT NULL,
  signed_at BIGINT NOT NULL,
  PRIMARY KEY (person_id, version_hash)
);

CREATE TABLE door_pass (
  session_id BIGINT NOT NULL REFERENCES session (id),
  person_id BIGINT NOT NULL REFERENCES person (id),
  seat BIGINT NOT NULL,
  passed_at BIGINT NOT NULL,
  jurisdiction TEXT NOT NULL,
  stance TEXT NOT NULL,
  card_sealed BYTEA NOT NULL,
  PRIMARY KEY (session_id, person_id)
);

CREATE TABLE room_event (
  session_id BIGINT NOT NULL REFERENCES session (id),
  seq BIGINT NOT NULL,
  at BIGINT NOT NULL,
  owner_id BIGINT NOT NULL,
  event_sealed BYTEA NOT NULL,
  PRIMARY KEY (session_id, seq)
);

CREATE TABLE attendance (
  session_id BIGINT NOT NULL REFERENCES session (id),
  person_id BIGINT NOT NULL REFERENCES person (id),
  seat BIGINT NOT NULL,
  first_in BIGINT,
  last_out BIGINT,
  seconds BIGINT NOT NULL,
  late_seconds BIGINT NOT NULL,
  left_early_seconds BIGINT NOT NULL,
  talk_seconds BIGINT NOT NULL,
  corrected_minutes BIGINT,
  corrected_by BIGINT,
  corrected_at BIGINT,
  PRIMARY KEY (session_id, person_id)
);

CREATE TABLE session_answer (
  session_id BIGINT NOT NULL REFERENCES session (id),
  person_id BIGINT NOT NULL REFERENCES person (id),
  answer_sealed BYTEA NOT NULL,
  PRIMARY KEY (session_id, person_id)
);

CREATE TABLE takeaway (
  session_id BIGINT NOT NULL REFERENCES session (id),
  position BIGINT NOT NULL,
  person_id BIGINT NOT NULL REFERENCES person (id),
  text_sealed BYTEA NOT NULL,
  PRIMARY KEY (session_id, position)
);

CREATE TABLE homework (
  id BIGINT PRIMARY KEY,
  person_id BIGINT NOT NULL REFERENCES person (id),
  session_id BIGINT REFERENCES session (id),
  given_by BIGINT NOT NULL,
  text_sealed BYTEA NOT NULL,
  given_at BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  done_at BIGINT
);

CREATE INDEX homework_person ON homework (person_id, due_at);

CREATE TABLE risk_task (
  id BIGINT PRIMARY KEY,
  person_id BIGINT NOT NULL REFERENCES person (id),
  session_id BIGINT REFERENCES session (id),
  source TEXT NOT NULL CHECK (source IN ('asked_for_help', 'concern', 'leader_missing')),
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

CREATE INDEX risk_task_open ON risk_task (closed_at, due_at);

CREATE TABLE note (
  id BIGINT PRIMARY KEY,
  session_id BIGINT NOT NULL REFERENCES session (id),
  kind TEXT NOT NULL CHECK (kind IN ('group', 'member')),
  about_id BIGINT NOT NULL,
  author_id BIGINT NOT NULL REFERENCES person (id),
  text_sealed BYTEA NOT NULL,
  changed_at BIGINT NOT NULL,
  signed_at BIGINT,
  UNIQUE (session_id, kind, about_id)
);

CREATE TABLE note_addendum (
  id BIGINT PRIMARY KEY,
  note_id BIGINT NOT NULL REFERENCES note (id),
  author_id BIGINT NOT NULL REFERENCES person (id),
  text_sealed BYTEA NOT NULL,
  written_at BIGINT NOT NULL
);

CREATE TABLE process_note (
  session_id BIGINT NOT NULL REFERENCES session (id),
  author_id BIGINT NOT NULL REFERENCES person (id),
  text_sealed BYTEA NOT NULL,
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (session_id, author_id)
);

INSERT INTO audit_head (id, seq, hash) VALUES (1, 0, CAST('' AS BYTEA));
