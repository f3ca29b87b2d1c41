-- Whether members of a group may write to each other without staff. Without a row the kind of the group says so: classes yes, therapy no.
CREATE TABLE outside_contact (
  group_id BIGINT PRIMARY KEY REFERENCES groups (id),
  allowed BIGINT NOT NULL CHECK (allowed IN (0, 1)),
  decided_by BIGINT NOT NULL REFERENCES person (id),
  decided_at BIGINT NOT NULL
);
-- A few members of one group for a purpose and a time. Its channel has no group: nobody reads it by leading one.
CREATE TABLE circle (
  channel_id BIGINT PRIMARY KEY REFERENCES channel (id),
  group_id BIGINT NOT NULL REFERENCES groups (id),
  host_id BIGINT NOT NULL REFERENCES person (id),
  once TEXT NOT NULL UNIQUE,
  made_at BIGINT NOT NULL,
  ends_at BIGINT NOT NULL
);
-- Sealed under its host's key; gone with it, and the circle goes on.
CREATE TABLE circle_purpose (
  channel_id BIGINT PRIMARY KEY REFERENCES circle (channel_id),
  text_sealed BYTEA NOT NULL
);
CREATE TABLE circle_member (
  channel_id BIGINT NOT NULL REFERENCES circle (channel_id),
  person_id BIGINT NOT NULL REFERENCES person (id),
  asked_at BIGINT NOT NULL,
  joined_at BIGINT,
  left_at BIGINT,
  PRIMARY KEY (channel_id, person_id)
);
CREATE INDEX circle_member_person ON circle_member (person_id);
