-- What people sign, in versions; who signed which.

CREATE TABLE document (
  id BIGINT PRIMARY KEY,
  kind TEXT NOT NULL,
  text_en TEXT NOT NULL,
  text_es TEXT NOT NULL,
  version_hash TEXT NOT NULL,
  published_at BIGINT NOT NULL,
  published_by BIGINT NOT NULL REFERENCES person (id)
);

CREATE INDEX document_kind ON document (kind, published_at);

CREATE TABLE document_signature (
  person_id BIGINT NOT NULL REFERENCES person (id),
  version_hash TEXT NOT NULL,
  kind TEXT NOT NULL,
  signed_name_sealed BYTEA NOT NULL,
  signed_at BIGINT NOT NULL,
  PRIMARY KEY (person_id, version_hash)
);

INSERT INTO document_signature (person_id, version_hash, kind, signed_name_sealed, signed_at)
  SELECT person_id, version_hash, 'ground-rules', signed_name_sealed, signed_at FROM ground_rules_signature;

DROP TABLE ground_rules_signature;
