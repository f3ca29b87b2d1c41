-- Whether what waits and appointments are also told of on devices that somebody chose.
ALTER TABLE reminder_choice ADD COLUMN push_unread BIGINT NOT NULL DEFAULT 1 CHECK (push_unread IN (0, 1));
ALTER TABLE reminder_choice ADD COLUMN push_sessions BIGINT NOT NULL DEFAULT 1 CHECK (push_sessions IN (0, 1));

-- A browser that its person wants to be told on. Its address at a push service stands sealed, and as a keyed mark by which it is found again.
-- `number` and `told_at` count the notices of what is unread, as `notice` does for mails; `sent_at`, `about_at` and `about_id` say what the last knock was about.
CREATE TABLE push_device (
  id BIGINT PRIMARY KEY,
  person_id BIGINT NOT NULL REFERENCES person (id),
  sign_in_id BIGINT NOT NULL REFERENCES sign_in (id),
  endpoint_sealed BYTEA NOT NULL,
  endpoint_mark BYTEA NOT NULL,
  made_at BIGINT NOT NULL,
  number BIGINT NOT NULL DEFAULT 0,
  told_at BIGINT,
  sent_at BIGINT,
  about_at BIGINT,
  about_id BIGINT
);

CREATE UNIQUE INDEX push_device_mark ON push_device (endpoint_mark);
CREATE UNIQUE INDEX push_device_sign_in ON push_device (sign_in_id);
CREATE INDEX push_device_person ON push_device (person_id);

-- The key pair by which push services know this practice, made once.
CREATE TABLE push_key (
  id BIGINT PRIMARY KEY CHECK (id = 1),
  key_sealed BYTEA NOT NULL,
  made_at BIGINT NOT NULL
);
