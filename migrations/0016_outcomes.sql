-- Outcomes: the practice's figures as they were last worked out. No row is a person, and what is too small to be told is not stored at all.

CREATE TABLE outcome_figure (
  slug TEXT NOT NULL,
  part TEXT NOT NULL CHECK (part IN ('practice', 'topic', 'group')),
  -- Empty for the practice, else the topic or the number of the group.
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

-- What members themselves say of their sessions: the middle of everybody's own middle, in tenths.
CREATE TABLE outcome_feedback (
  id BIGINT PRIMARY KEY CHECK (id = 1),
  people BIGINT NOT NULL,
  tenths BIGINT NOT NULL CHECK (tenths BETWEEN 0 AND 100),
  computed_at BIGINT NOT NULL
);

-- Whether visitors see it, who decided that, and when.
CREATE TABLE outcome_shown (
  id BIGINT PRIMARY KEY CHECK (id = 1),
  slug TEXT NOT NULL,
  shown BIGINT NOT NULL CHECK (shown IN (0, 1)),
  decided_by BIGINT NOT NULL REFERENCES person (id),
  decided_at BIGINT NOT NULL
);
