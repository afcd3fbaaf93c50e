-- What a community has posted by itself. When it comes, `schedules` says.
CREATE TABLE weekly (
    community_id INTEGER PRIMARY KEY REFERENCES communities (id) ON DELETE CASCADE,
    channel      TEXT NOT NULL CHECK (channel <> ''),
    role         TEXT NOT NULL DEFAULT '',
    track        TEXT NOT NULL DEFAULT '',
    recap        INTEGER NOT NULL DEFAULT 1 CHECK (recap IN (0, 1)),
    tips         TEXT NOT NULL DEFAULT '',
    digest       INTEGER NOT NULL DEFAULT 1 CHECK (digest IN (0, 1))
) STRICT;

-- Who wants to hear before a challenge closes, and of which round they were told last.
ALTER TABLE memberships ADD COLUMN nudge INTEGER NOT NULL DEFAULT 0 CHECK (nudge IN (0, 1));
ALTER TABLE memberships ADD COLUMN nudged INTEGER;
CREATE INDEX memberships_to_nudge ON memberships (community_id, person_id) WHERE nudge = 1;

-- How many were active in a community in a week.
DROP INDEX activities_of_community;
CREATE INDEX activities_of_community ON activities (community_id, at, person_id) WHERE community_id IS NOT NULL;
