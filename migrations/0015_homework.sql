-- Homework of several kinds, given in the room or between sessions: what was asked, what somebody wrote day by day, what came back.

ALTER TABLE homework ADD COLUMN group_id BIGINT REFERENCES groups (id);

ALTER TABLE homework ADD COLUMN kind TEXT NOT NULL DEFAULT 'free';

ALTER TABLE homework ADD COLUMN asked_sealed BYTEA;

ALTER TABLE homework ADD COLUMN remind_minute BIGINT CHECK (remind_minute BETWEEN 0 AND 1439);

ALTER TABLE homework ADD COLUMN once TEXT;

UPDATE homework SET group_id = (SELECT group_id FROM session WHERE session.id = homework.session_id);

-- A form that arrives a second time gives nothing a second time.
CREATE UNIQUE INDEX homework_given_once ON homework (person_id, once);

CREATE INDEX homework_group ON homework (group_id, given_at);

-- The slot is a day, the number of a log's line, or the only sheet there is.
CREATE TABLE homework_entry (
  homework_id BIGINT NOT NULL REFERENCES homework (id),
  slot TEXT NOT NULL,
  day TEXT NOT NULL,
  entry_sealed BYTEA NOT NULL,
  version BIGINT NOT NULL DEFAULT 1,
  made_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (homework_id, slot)
);

-- What has arrived. A telephone without a net sends again until it hears an answer, and is counted once.
CREATE TABLE homework_arrival (
  homework_id BIGINT NOT NULL REFERENCES homework (id),
  once TEXT NOT NULL,
  arrived_at BIGINT NOT NULL,
  PRIMARY KEY (homework_id, once)
);

CREATE TABLE homework_reply (
  id BIGINT PRIMARY KEY,
  homework_id BIGINT NOT NULL REFERENCES homework (id),
  by_id BIGINT NOT NULL REFERENCES person (id),
  text_sealed BYTEA NOT NULL,
  sent_at BIGINT NOT NULL,
  once TEXT NOT NULL,
  UNIQUE (homework_id, once)
);
