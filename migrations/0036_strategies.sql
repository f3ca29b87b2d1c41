-- What members tried, in their own words, under their own keys: for their group, and beyond it only by their wish and a leader's look.
CREATE TABLE strategy (
  id BIGINT PRIMARY KEY,
  group_id BIGINT NOT NULL REFERENCES groups (id),
  person_id BIGINT NOT NULL REFERENCES person (id),
  entry_sealed BYTEA NOT NULL,
  -- 0: without a name, for leaders, too.
  named BIGINT NOT NULL,
  shown TEXT NOT NULL CHECK (shown IN ('waiting', 'shown', 'returned')),
  beyond TEXT NOT NULL CHECK (beyond IN ('not', 'asked', 'shared')),
  made_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1,
  -- The form that made it: sent twice, it makes one.
  once TEXT NOT NULL UNIQUE
);
CREATE INDEX strategy_of_group ON strategy (group_id);
CREATE INDEX strategy_beyond ON strategy (beyond);
-- "Tried it too", once for each other member.
CREATE TABLE strategy_result (
  strategy_id BIGINT NOT NULL REFERENCES strategy (id) ON DELETE CASCADE,
  person_id BIGINT NOT NULL REFERENCES person (id),
  result_sealed BYTEA NOT NULL,
  named BIGINT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (strategy_id, person_id)
);
-- Groups whose leaders look first.
CREATE TABLE strategy_setting (
  group_id BIGINT PRIMARY KEY REFERENCES groups (id),
  approve_first BIGINT NOT NULL
);
-- One question to a group; the latest is the one that is asked now.
CREATE TABLE group_question (
  id BIGINT PRIMARY KEY,
  group_id BIGINT NOT NULL REFERENCES groups (id),
  asked_by BIGINT NOT NULL REFERENCES person (id),
  question_sealed BYTEA NOT NULL,
  asked_at BIGINT NOT NULL,
  once TEXT NOT NULL UNIQUE
);
CREATE INDEX group_question_of ON group_question (group_id, asked_at);
CREATE TABLE question_answer (
  question_id BIGINT NOT NULL REFERENCES group_question (id) ON DELETE CASCADE,
  person_id BIGINT NOT NULL REFERENCES person (id),
  answer_sealed BYTEA NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (question_id, person_id)
);
-- Milestones and setbacks that somebody chose to share with their group, and what others answered quietly.
CREATE TABLE group_moment (
  id BIGINT PRIMARY KEY,
  group_id BIGINT NOT NULL REFERENCES groups (id),
  person_id BIGINT NOT NULL REFERENCES person (id),
  kind TEXT NOT NULL CHECK (kind IN ('milestone', 'setback')),
  words_sealed BYTEA NOT NULL,
  at BIGINT NOT NULL,
  once TEXT NOT NULL UNIQUE
);
CREATE INDEX group_moment_of ON group_moment (group_id, at);
CREATE TABLE moment_reaction (
  moment_id BIGINT NOT NULL REFERENCES group_moment (id) ON DELETE CASCADE,
  person_id BIGINT NOT NULL REFERENCES person (id),
  word TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (moment_id, person_id)
);
