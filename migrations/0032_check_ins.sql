-- A small question on certain weekdays in a group's channel, and what members answered, sealed under their own keys, for leaders and themselves.
CREATE TABLE chat_check_in (
  group_id BIGINT PRIMARY KEY REFERENCES groups (id),
  -- Seven signs, Monday first: 1 where it is asked.
  days TEXT NOT NULL,
  minute_of_day BIGINT NOT NULL CHECK (minute_of_day BETWEEN 0 AND 1439),
  set_by BIGINT NOT NULL REFERENCES person (id),
  set_at BIGINT NOT NULL
);
CREATE TABLE chat_check_in_answer (
  group_id BIGINT NOT NULL REFERENCES groups (id),
  person_id BIGINT NOT NULL REFERENCES person (id),
  day TEXT NOT NULL,
  answer_sealed BYTEA NOT NULL,
  answered_at BIGINT NOT NULL,
  PRIMARY KEY (group_id, person_id, day)
);
