-- The small table at which a whiteboard lay, as people count them; 0 is the circle, where all lay until now.
ALTER TABLE session_board ADD COLUMN at_table BIGINT NOT NULL DEFAULT 0;
