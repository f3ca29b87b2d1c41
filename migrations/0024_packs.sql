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
-- Once at a time, also when two press at the same moment on two servers.
CREATE UNIQUE INDEX instrument_pack_in_use ON instrument_pack (pack) WHERE removed_at IS NULL;
