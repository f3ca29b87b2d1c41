-- What each member says to somebody who would like to watch their group to learn. It may be changed at any time; the latest counts.
CREATE TABLE watching_answer (
  group_id BIGINT NOT NULL REFERENCES groups (id),
  observer_id BIGINT NOT NULL REFERENCES person (id),
  person_id BIGINT NOT NULL REFERENCES person (id),
  agrees BIGINT NOT NULL CHECK (agrees IN (0, 1)),
  said_at BIGINT NOT NULL,
  PRIMARY KEY (group_id, observer_id, person_id)
);
