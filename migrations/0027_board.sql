-- What lay on a whiteboard when the session ended, in parts: each person's under their own key, and what was printed on it (person 0) under
-- the practice's. The recap draws the board from the parts that can still be opened.
CREATE TABLE session_board (
  session_id BIGINT NOT NULL REFERENCES session (id),
  position BIGINT NOT NULL,
  person_id BIGINT NOT NULL,
  template TEXT NOT NULL,
  part_sealed BYTEA NOT NULL,
  PRIMARY KEY (session_id, position, person_id)
);
