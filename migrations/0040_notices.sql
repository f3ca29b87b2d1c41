-- How often somebody hears that something unread waits, and whether at night, too.
ALTER TABLE reminder_choice ADD COLUMN unread TEXT NOT NULL DEFAULT 'daily' CHECK (unread IN ('never', 'daily', 'each'));
ALTER TABLE reminder_choice ADD COLUMN unread_night BIGINT NOT NULL DEFAULT 0 CHECK (unread_night IN (0, 1));

-- Whether somebody is told of one channel; without a row its kind says so.
CREATE TABLE channel_notice (
  channel_id BIGINT NOT NULL REFERENCES channel (id),
  person_id BIGINT NOT NULL REFERENCES person (id),
  told BIGINT NOT NULL CHECK (told IN (0, 1)),
  PRIMARY KEY (channel_id, person_id)
);

-- The last notice that somebody got, and how many there were: whoever sends one counts it, and of two who would send it only one can.
CREATE TABLE notice (
  person_id BIGINT PRIMARY KEY REFERENCES person (id),
  number BIGINT NOT NULL,
  sent_at BIGINT
);

CREATE INDEX message_sent ON message (sent_at);
