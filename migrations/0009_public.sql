-- What the practice says of itself in public, and what its people say of themselves.

ALTER TABLE practice ADD COLUMN palette TEXT NOT NULL DEFAULT 'ember';

ALTER TABLE practice ADD COLUMN welcome_en TEXT NOT NULL DEFAULT '';

ALTER TABLE practice ADD COLUMN welcome_es TEXT NOT NULL DEFAULT '';

ALTER TABLE practice ADD COLUMN hours_en TEXT NOT NULL DEFAULT '';

ALTER TABLE practice ADD COLUMN hours_es TEXT NOT NULL DEFAULT '';

ALTER TABLE practice ADD COLUMN address TEXT NOT NULL DEFAULT '';

ALTER TABLE practice ADD COLUMN public_email TEXT NOT NULL DEFAULT '';

CREATE TABLE public_profile (
  person_id BIGINT PRIMARY KEY REFERENCES person (id),
  shown BIGINT NOT NULL CHECK (shown IN (0, 1)),
  about_en TEXT NOT NULL,
  about_es TEXT NOT NULL,
  languages TEXT NOT NULL,
  changed_at BIGINT NOT NULL
);
