-- Decks and films that a practice shows in its sessions. The bytes are files beside the database, named by the id.
CREATE TABLE material (
  id BIGINT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('slides', 'video')),
  title TEXT NOT NULL,
  media_type TEXT NOT NULL,
  bytes BIGINT NOT NULL CHECK (bytes > 0),
  pages BIGINT NOT NULL,
  notes TEXT NOT NULL,
  captions TEXT NOT NULL,
  captions_language TEXT NOT NULL,
  added_by BIGINT NOT NULL REFERENCES person (id),
  added_at BIGINT NOT NULL,
  put_away_at BIGINT
);
-- What was shown where: whoever was in that group finds it in the recap.
CREATE TABLE session_material (
  session_id BIGINT NOT NULL REFERENCES session (id),
  material_id BIGINT NOT NULL REFERENCES material (id) ON DELETE CASCADE,
  shown_at BIGINT NOT NULL,
  PRIMARY KEY (session_id, material_id)
);
CREATE INDEX session_material_of ON session_material (material_id);
