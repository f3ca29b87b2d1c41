-- A picture or a PDF that came with a message: one at most, sealed as the text is, gone with it.
CREATE TABLE message_file (
  message_id BIGINT PRIMARY KEY REFERENCES message (id),
  kind TEXT NOT NULL CHECK (kind IN ('picture', 'pdf')),
  -- Of a picture as it is kept; of a PDF nothing.
  width BIGINT NOT NULL,
  height BIGINT NOT NULL,
  bytes BIGINT NOT NULL CHECK (bytes > 0),
  description_sealed BYTEA NOT NULL,
  -- The last column: lists read the others without reading through it.
  file_sealed BYTEA NOT NULL
);
