-- Those who support a member: what the member opened to each, and whether both said yes. Family sessions are sessions of a group of their own.

CREATE TABLE supporter (
  id BIGINT PRIMARY KEY,
  member_id BIGINT NOT NULL REFERENCES person (id),
  supporter_id BIGINT NOT NULL REFERENCES person (id),
  sessions BIGINT NOT NULL CHECK (sessions IN (0, 1)),
  reminders BIGINT NOT NULL CHECK (reminders IN (0, 1)),
  crisis BIGINT NOT NULL CHECK (crisis IN (0, 1)),
  -- What the member calls them, under the member's key. The name in their own account is not the member's to read.
  called_sealed BYTEA NOT NULL,
  asked_at BIGINT NOT NULL,
  agreed_at BIGINT,
  ended_at BIGINT,
  UNIQUE (member_id, supporter_id)
);

CREATE INDEX supporter_person ON supporter (supporter_id);

-- What a member wrote down for those they opened it to.
CREATE TABLE crisis_note (
  person_id BIGINT PRIMARY KEY REFERENCES person (id),
  text_sealed BYTEA NOT NULL,
  changed_at BIGINT NOT NULL
);

-- A group of family sessions: one for each set of people who meet, so that nobody learns of sessions with somebody else.
CREATE TABLE family_group (
  group_id BIGINT PRIMARY KEY REFERENCES groups (id),
  member_id BIGINT NOT NULL REFERENCES person (id)
);

CREATE INDEX family_group_member ON family_group (member_id);
