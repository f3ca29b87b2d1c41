-- Crisis lines that the practice entered itself. For a country that has any, they stand instead of those that ship.

CREATE TABLE crisis_line (
  country TEXT NOT NULL,
  position BIGINT NOT NULL,
  name_en TEXT NOT NULL,
  name_es TEXT NOT NULL,
  number TEXT NOT NULL,
  hours TEXT NOT NULL,
  source TEXT NOT NULL CHECK (source <> ''),
  read_on TEXT NOT NULL CHECK (read_on <> ''),
  entered_by BIGINT NOT NULL REFERENCES person (id),
  entered_at BIGINT NOT NULL,
  PRIMARY KEY (country, position)
);

-- Whether somebody wants to be reminded of what they have to sign.
ALTER TABLE reminder_choice ADD COLUMN documents BIGINT NOT NULL DEFAULT 1 CHECK (documents IN (0, 1));
