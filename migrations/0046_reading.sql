-- What was read together where: the recap names it, also when the library has it no more. The title is in the language of the group.
CREATE TABLE session_reading (
  session_id BIGINT NOT NULL REFERENCES session (id),
  item TEXT NOT NULL,
  title TEXT NOT NULL,
  opened_at BIGINT NOT NULL,
  PRIMARY KEY (session_id, item)
);
