-- Homework that was given by mistake is taken back; what somebody has written in it stays theirs.
ALTER TABLE homework ADD COLUMN withdrawn_at BIGINT;

-- When a member opened the page that has the reply: until then they are told that one has come.
ALTER TABLE homework_reply ADD COLUMN seen_at BIGINT;

-- What was sent before this day is no news.
UPDATE homework_reply SET seen_at = sent_at;

-- From which total on staff are told of what a member has sent. Without a row nobody is.
CREATE TABLE measure_warning (
  slug TEXT PRIMARY KEY,
  warns_at BIGINT NOT NULL,
  changed_by BIGINT NOT NULL REFERENCES person (id),
  changed_at BIGINT NOT NULL
);
