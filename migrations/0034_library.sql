-- Articles that a practice writes for its people, beside those that ship. Nothing in them is about a person.
CREATE TABLE library_article (
  -- Its word in addresses and on the homework shelf, for ever.
  slug TEXT PRIMARY KEY,
  audience TEXT NOT NULL CHECK (audience IN ('everybody', 'members', 'supporters')),
  topics TEXT NOT NULL,
  skills TEXT NOT NULL,
  sources TEXT NOT NULL,
  title_en TEXT NOT NULL,
  lead_en TEXT NOT NULL,
  body_en TEXT NOT NULL,
  title_es TEXT NOT NULL,
  lead_es TEXT NOT NULL,
  body_es TEXT NOT NULL,
  kept_by BIGINT NOT NULL REFERENCES person (id),
  changed_at BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1,
  -- The form that made it: sent twice, it makes one.
  once TEXT NOT NULL UNIQUE
);
-- What this practice does not show of the library: articles and worksheets, its own and those that ship.
CREATE TABLE library_hidden (
  slug TEXT PRIMARY KEY,
  hidden_at BIGINT NOT NULL
);
