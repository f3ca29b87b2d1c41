-- Letters to oneself: closed until their day.
CREATE TABLE letter (
  id BIGINT PRIMARY KEY,
  person_id BIGINT NOT NULL REFERENCES person (id),
  text_sealed BYTEA NOT NULL,
  written_at BIGINT NOT NULL,
  opens_at BIGINT NOT NULL,
  read_at BIGINT
);

CREATE INDEX letter_person ON letter (person_id, opens_at);
