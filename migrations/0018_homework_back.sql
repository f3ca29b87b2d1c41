-- Homework that was given by mistake is taken back; what somebody has written in it stays theirs.
ALTER TABLE homework ADD COLUMN withdrawn_at BIGINT;

-- When a member opened the page that has the reply: until then they are told that one has come.
ALTER TABLE homework_reply ADD COLUMN seen_at BIGINT;

-- What was sent before this day is no news.
UPDATE homework_reply SET seen_at = sent_at;
