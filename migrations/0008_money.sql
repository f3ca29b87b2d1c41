-- Money facts: prices, what a superbill says, discount codes. No card, no payment, no claim.

CREATE TABLE course_price (
  group_id BIGINT PRIMARY KEY REFERENCES groups (id),
  session_cents BIGINT NOT NULL CHECK (session_cents >= 0),
  course_cents BIGINT NOT NULL CHECK (course_cents >= 0),
  course_sessions BIGINT NOT NULL CHECK (course_sessions >= 0),
  currency TEXT NOT NULL DEFAULT 'USD',
  note_en TEXT NOT NULL,
  note_es TEXT NOT NULL,
  code TEXT NOT NULL,
  place TEXT NOT NULL CHECK (place IN ('02', '10', '11')),
  modifier TEXT NOT NULL,
  changed_at BIGINT NOT NULL
);

CREATE TABLE billing_facts (
  person_id BIGINT PRIMARY KEY REFERENCES person (id),
  icd_sealed BYTEA NOT NULL,
  entered_by BIGINT NOT NULL REFERENCES person (id),
  changed_at BIGINT NOT NULL
);

CREATE TABLE practice_billing (
  id BIGINT PRIMARY KEY CHECK (id = 1),
  npi TEXT NOT NULL,
  tax_id TEXT NOT NULL
);

-- The counter and its bound stand in one row: no code is used more often than the office allowed, whoever comes at once.
CREATE TABLE discount_code (
  id BIGINT PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  percent BIGINT NOT NULL CHECK (percent BETWEEN 0 AND 100),
  cents BIGINT NOT NULL CHECK (cents >= 0),
  valid_from TEXT NOT NULL,
  valid_to TEXT NOT NULL,
  most BIGINT NOT NULL CHECK (most BETWEEN 1 AND 10000),
  used BIGINT NOT NULL DEFAULT 0 CHECK (used BETWEEN 0 AND most),
  group_id BIGINT REFERENCES groups (id),
  made_at BIGINT NOT NULL
);

CREATE TABLE discount_use (
  application_id BIGINT PRIMARY KEY REFERENCES application (id),
  discount_id BIGINT NOT NULL REFERENCES discount_code (id),
  used_at BIGINT NOT NULL
);
