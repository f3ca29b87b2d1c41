-- A place of those who finished a group here, if the practice wants one. Its channel is a group's channel that belongs to no group: its leaders answer,
-- hide and pause there as in any other.
CREATE TABLE alumni_space (
  id BIGINT PRIMARY KEY CHECK (id = 1),
  channel_id BIGINT NOT NULL UNIQUE REFERENCES channel (id),
  decided_by BIGINT NOT NULL REFERENCES person (id),
  opened_at BIGINT NOT NULL,
  -- Nobody reads or writes there. Opened again it is as it was.
  closed_at BIGINT
);
CREATE TABLE alumni_member (
  person_id BIGINT PRIMARY KEY REFERENCES person (id),
  part TEXT NOT NULL CHECK (part IN ('member', 'facilitator')),
  -- Chosen for this place. It stays beside what they wrote when they have left.
  display_name TEXT NOT NULL,
  joined_at BIGINT NOT NULL,
  left_at BIGINT,
  -- Asked to leave: whoever was is not let in again by the page alone.
  removed_by BIGINT REFERENCES person (id)
);
