-- What the practice offers help with: the topics that ship as it wants them (an empty name is the one that ships), and its own.

CREATE TABLE topic (
  slug TEXT PRIMARY KEY,
  position BIGINT NOT NULL,
  name_en TEXT NOT NULL,
  name_es TEXT NOT NULL,
  hidden BIGINT NOT NULL CHECK (hidden IN (0, 1)),
  changed_at BIGINT NOT NULL
);
