-- Packs of instruments under their owners' terms: who accepted which terms when, and who took the pack out again.

CREATE TABLE instrument_pack (
  id BIGINT PRIMARY KEY,
  pack TEXT NOT NULL,
  -- Of everything that was accepted: other terms ask again.
  terms_hash TEXT NOT NULL,
  installed_by BIGINT NOT NULL REFERENCES person (id),
  installed_at BIGINT NOT NULL,
  removed_by BIGINT REFERENCES person (id),
  removed_at BIGINT
);
