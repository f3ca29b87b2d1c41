-- Two members of a group who are never to sit at the same small table. Leaders know it, nobody else.
CREATE TABLE kept_apart (
  group_id BIGINT NOT NULL REFERENCES groups (id),
  one_id BIGINT NOT NULL REFERENCES person (id),
  other_id BIGINT NOT NULL REFERENCES person (id),
  set_by BIGINT NOT NULL REFERENCES person (id),
  set_at BIGINT NOT NULL,
  PRIMARY KEY (group_id, one_id, other_id),
  CHECK (one_id < other_id)
);
