-- What the public may see of a group: nothing, until the office shows it.

CREATE TABLE listing (
  group_id BIGINT PRIMARY KEY REFERENCES groups (id),
  shown BIGINT NOT NULL CHECK (shown IN (0, 1)),
  about_en TEXT NOT NULL,
  about_es TEXT NOT NULL,
  price TEXT NOT NULL,
  place TEXT NOT NULL CHECK (place IN ('online', 'in_person', 'hybrid')),
  pets BIGINT NOT NULL CHECK (pets IN (0, 1)),
  changed_at BIGINT NOT NULL
);
