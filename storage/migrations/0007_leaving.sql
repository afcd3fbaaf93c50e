-- A community that the bot was removed from keeps everything for a while, in case it comes back.

ALTER TABLE communities ADD COLUMN left_at TEXT;

CREATE INDEX communities_left ON communities (left_at) WHERE left_at IS NOT NULL;
