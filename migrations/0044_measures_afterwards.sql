-- Asked again one, three and six months after somebody's last session.
ALTER TABLE measure_schedule ADD COLUMN afterwards BIGINT NOT NULL DEFAULT 0 CHECK (afterwards IN (0, 1));

-- A CHECK cannot be changed where it stands. What members answer then has lines of its own.
CREATE TABLE outcome_figure_now (
  slug TEXT NOT NULL,
  part TEXT NOT NULL CHECK (part IN ('practice', 'topic', 'group', 'after')),
  -- Empty for the practice, else the topic, the number of the group, or how many months after the end.
  about TEXT NOT NULL,
  hidden TEXT NOT NULL CHECK (hidden IN ('', 'few', 'neighbour')),
  starters BIGINT NOT NULL,
  completers BIGINT NOT NULL,
  improved BIGINT NOT NULL,
  unmeasured BIGINT NOT NULL,
  below BIGINT NOT NULL,
  PRIMARY KEY (slug, part, about),
  -- A share of fewer than ten people is a rumour about one of them.
  CHECK ((hidden = '' AND starters >= 10) OR (hidden <> '' AND starters + completers + improved + unmeasured + below = 0)),
  CHECK (improved <= completers AND completers <= starters)
);

INSERT INTO outcome_figure_now (slug, part, about, hidden, starters, completers, improved, unmeasured, below)
SELECT slug, part, about, hidden, starters, completers, improved, unmeasured, below FROM outcome_figure;
DROP TABLE outcome_figure;
ALTER TABLE outcome_figure_now RENAME TO outcome_figure;
