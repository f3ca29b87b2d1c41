-- Peer-led check-ins. Their sessions stand in a group that nobody ever sits in: whatever asks by membership never meets one.
CREATE TABLE peer_group (
  group_id BIGINT PRIMARY KEY REFERENCES groups (id),
  parent_id BIGINT NOT NULL UNIQUE REFERENCES groups (id)
);
CREATE TABLE peer_session (
  session_id BIGINT PRIMARY KEY REFERENCES session (id),
  parent_id BIGINT NOT NULL REFERENCES groups (id),
  -- Nothing for the whole group.
  circle_id BIGINT REFERENCES circle (channel_id),
  once TEXT NOT NULL UNIQUE,
  planned_by BIGINT NOT NULL REFERENCES person (id),
  planned_at BIGINT NOT NULL,
  host_id BIGINT REFERENCES person (id),
  -- Who was asked to host before it began: that was their turn, whether or not they came.
  asked_host_id BIGINT REFERENCES person (id),
  staff_called_at BIGINT,
  -- How many were there, once it was held.
  people BIGINT
);
CREATE INDEX peer_session_parent ON peer_session (parent_id);
-- Who would rather not host, in this group.
CREATE TABLE peer_no_host (
  group_id BIGINT NOT NULL REFERENCES groups (id),
  person_id BIGINT NOT NULL REFERENCES person (id),
  said_at BIGINT NOT NULL,
  PRIMARY KEY (group_id, person_id)
);
-- Staff who were called and came: for this one session, and for nothing else of these people.
CREATE TABLE peer_staff (
  session_id BIGINT NOT NULL REFERENCES session (id),
  person_id BIGINT NOT NULL REFERENCES person (id),
  seat BIGINT NOT NULL CHECK (seat BETWEEN 0 AND 19),
  name TEXT NOT NULL,
  came_at BIGINT NOT NULL,
  PRIMARY KEY (session_id, person_id),
  UNIQUE (session_id, seat)
);
