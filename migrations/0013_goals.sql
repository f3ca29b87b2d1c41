-- Goals: the questions of the workshop, what somebody wrote there, goals and their days, who shares them, and what comes back.

CREATE TABLE workshop_question (
  slug TEXT PRIMARY KEY,
  step TEXT NOT NULL CHECK (step IN ('story', 'theme')),
  text_en TEXT NOT NULL,
  text_es TEXT NOT NULL,
  place BIGINT NOT NULL,
  hidden BIGINT NOT NULL DEFAULT 0,
  changed_at BIGINT NOT NULL
);

CREATE TABLE workshop (
  person_id BIGINT PRIMARY KEY REFERENCES person (id),
  answers_sealed BYTEA NOT NULL,
  version BIGINT NOT NULL DEFAULT 1
);

CREATE TABLE goal (
  id BIGINT PRIMARY KEY,
  person_id BIGINT NOT NULL REFERENCES person (id),
  state TEXT NOT NULL CHECK (state IN ('draft', 'going', 'reached', 'put_down')),
  goal_sealed BYTEA NOT NULL,
  version BIGINT NOT NULL DEFAULT 1,
  days BIGINT NOT NULL CHECK (days BETWEEN 0 AND 127),
  until_day TEXT NOT NULL DEFAULT '',
  remind_minute BIGINT CHECK (remind_minute BETWEEN 0 AND 1439),
  therapist BIGINT NOT NULL DEFAULT 0,
  group_id BIGINT REFERENCES groups (id),
  made_at BIGINT NOT NULL,
  begun_at BIGINT,
  ended_at BIGINT
);

CREATE INDEX goal_person ON goal (person_id);
CREATE INDEX goal_group ON goal (group_id);

CREATE TABLE goal_day (
  goal_id BIGINT NOT NULL REFERENCES goal (id),
  day TEXT NOT NULL,
  entry_sealed BYTEA NOT NULL,
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (goal_id, day)
);

CREATE TABLE goal_partner (
  id BIGINT PRIMARY KEY,
  goal_id BIGINT NOT NULL REFERENCES goal (id),
  partner_id BIGINT NOT NULL REFERENCES person (id),
  group_id BIGINT NOT NULL REFERENCES groups (id),
  asked_at BIGINT NOT NULL,
  accepted_at BIGINT,
  ended_at BIGINT
);

CREATE UNIQUE INDEX goal_partner_once ON goal_partner (goal_id, partner_id) WHERE ended_at IS NULL;
CREATE INDEX goal_partner_person ON goal_partner (partner_id);

CREATE TABLE goal_cheer (
  id BIGINT PRIMARY KEY,
  goal_id BIGINT NOT NULL REFERENCES goal (id),
  from_id BIGINT NOT NULL REFERENCES person (id),
  group_id BIGINT NOT NULL REFERENCES groups (id),
  phrase TEXT NOT NULL,
  note_sealed BYTEA NOT NULL,
  sent_at BIGINT NOT NULL,
  removed_at BIGINT
);

CREATE INDEX goal_cheer_goal ON goal_cheer (goal_id);

CREATE TABLE pattern_note (
  id BIGINT PRIMARY KEY,
  person_id BIGINT NOT NULL REFERENCES person (id),
  note_sealed BYTEA NOT NULL,
  noticed_at BIGINT NOT NULL
);

CREATE INDEX pattern_note_person ON pattern_note (person_id);
