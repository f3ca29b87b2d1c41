-- The weekly notes of a practice. Nothing in them is about a person.
CREATE TABLE series_note (
  id BIGINT PRIMARY KEY,
  audience TEXT NOT NULL CHECK (audience IN ('public', 'members')),
  title_en TEXT NOT NULL,
  lead_en TEXT NOT NULL,
  body_en TEXT NOT NULL,
  title_es TEXT NOT NULL,
  lead_es TEXT NOT NULL,
  body_es TEXT NOT NULL,
  -- NULL is a draft.
  publish_at BIGINT,
  kept_by BIGINT NOT NULL REFERENCES person (id),
  changed_at BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1,
  -- The form that made it: sent twice, it makes one.
  once TEXT NOT NULL UNIQUE
);
CREATE INDEX series_note_out ON series_note (publish_at);
-- What a reader of the Monday mail wants to hear of: new groups, notes, or both.
ALTER TABLE subscriber ADD COLUMN wants TEXT NOT NULL DEFAULT 'groups';
