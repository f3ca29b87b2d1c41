-- Letters of the digest that come back hours after a server took them: counted once for each Monday, and in a row with those refused at once.
ALTER TABLE subscriber ADD COLUMN bounces_before BIGINT NOT NULL DEFAULT 0;

ALTER TABLE subscriber ADD COLUMN bounced_on TEXT NOT NULL DEFAULT '';
