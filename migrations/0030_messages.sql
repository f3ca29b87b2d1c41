-- Messages between sessions: one mechanism for groups, for a member with those who care for them, and for circles.
CREATE TABLE channel (
  id BIGINT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('group', 'staff', 'circle')),
  -- Of a group's channel; a member's channel with staff has its member instead.
  group_id BIGINT UNIQUE REFERENCES groups (id),
  person_id BIGINT UNIQUE REFERENCES person (id),
  -- Messages are numbered, and so is everything that happens to one: whoever was away asks for what came after a number.
  last_number BIGINT NOT NULL DEFAULT 0,
  last_change BIGINT NOT NULL DEFAULT 0,
  paused_at BIGINT,
  paused_by BIGINT REFERENCES person (id),
  -- Since when a member waits for an answer of staff.
  waiting_since BIGINT
);
-- The place of a message in its thread. It stays when its text is gone, so that what others wrote can still be followed.
CREATE TABLE message (
  id BIGINT PRIMARY KEY,
  channel_id BIGINT NOT NULL REFERENCES channel (id),
  number BIGINT NOT NULL,
  change BIGINT NOT NULL,
  author_id BIGINT NOT NULL REFERENCES person (id),
  -- The form that sent it: sent twice, it makes one.
  once TEXT NOT NULL,
  reply_to BIGINT,
  as_leaders BIGINT NOT NULL DEFAULT 0 CHECK (as_leaders IN (0, 1)),
  sent_at BIGINT NOT NULL,
  edited_at BIGINT,
  taken_back_at BIGINT,
  hidden_at BIGINT,
  hidden_by BIGINT REFERENCES person (id),
  UNIQUE (channel_id, number),
  UNIQUE (channel_id, author_id, once)
);
CREATE INDEX message_change ON message (channel_id, change);
CREATE INDEX message_author ON message (author_id, sent_at);
CREATE TABLE message_text (
  message_id BIGINT PRIMARY KEY REFERENCES message (id),
  text_sealed BYTEA NOT NULL
);
CREATE TABLE message_reaction (
  message_id BIGINT NOT NULL REFERENCES message (id),
  person_id BIGINT NOT NULL REFERENCES person (id),
  kind TEXT NOT NULL,
  PRIMARY KEY (message_id, person_id, kind)
);
-- How far somebody has read.
CREATE TABLE message_read (
  channel_id BIGINT NOT NULL REFERENCES channel (id),
  person_id BIGINT NOT NULL REFERENCES person (id),
  number BIGINT NOT NULL,
  PRIMARY KEY (channel_id, person_id)
);
-- What the practice decided about messages.
CREATE TABLE message_rules (
  id BIGINT PRIMARY KEY CHECK (id = 1),
  edit_minutes BIGINT NOT NULL CHECK (edit_minutes BETWEEN 0 AND 1440),
  quiet_from BIGINT NOT NULL CHECK (quiet_from BETWEEN 0 AND 1439),
  quiet_to BIGINT NOT NULL CHECK (quiet_to BETWEEN 0 AND 1439),
  read_en TEXT NOT NULL,
  read_es TEXT NOT NULL
);
INSERT INTO message_rules (id, edit_minutes, quiet_from, quiet_to, read_en, read_es) VALUES (1, 15, 1320, 420, '', '');
-- Words that signal danger: those that ship and are switched off here, and the practice's own.
CREATE TABLE danger_word (
  word TEXT PRIMARY KEY,
  counts BIGINT NOT NULL CHECK (counts IN (0, 1)),
  source TEXT NOT NULL,
  set_by BIGINT NOT NULL REFERENCES person (id),
  set_at BIGINT NOT NULL
);
