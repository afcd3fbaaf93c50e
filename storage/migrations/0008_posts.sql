-- What the bot posts by itself: by which rule each job of a community comes, and more about each post.

CREATE TABLE schedules (
    community_id INTEGER NOT NULL REFERENCES communities (id) ON DELETE CASCADE,
    job          TEXT NOT NULL,
    -- NULL: every day.
    weekday      INTEGER CHECK (weekday BETWEEN 0 AND 6),
    wall         TEXT NOT NULL,
    zone         TEXT NOT NULL,
    since        TEXT NOT NULL,
    -- When it has to be looked at, and when that was worked out.
    next         TEXT NOT NULL,
    reckoned     TEXT NOT NULL,
    paused       INTEGER NOT NULL DEFAULT 0 CHECK (paused IN (0, 1)),
    trouble      TEXT NOT NULL DEFAULT '',
    revision     INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (community_id, job)
) STRICT, WITHOUT ROWID;

CREATE INDEX schedules_by_next ON schedules (next);
-- What a clock that ran ahead has worked out is worked out again.
CREATE INDEX schedules_by_reckoned ON schedules (reckoned);

CREATE TABLE posts_now (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    community_id INTEGER NOT NULL REFERENCES communities (id) ON DELETE CASCADE,
    platform     TEXT NOT NULL,
    job          TEXT NOT NULL,
    due          TEXT NOT NULL,
    until        TEXT NOT NULL,
    -- Nobody takes it before.
    turn         TEXT NOT NULL,
    state        TEXT NOT NULL DEFAULT 'pending'
                 CHECK (state IN ('pending', 'sending', 'sent', 'unknown', 'missed')),
    fence        INTEGER NOT NULL DEFAULT 0,
    tries        INTEGER NOT NULL DEFAULT 0,
    worker       TEXT,
    lease_until  TEXT,
    began        TEXT,
    ended        TEXT,
    message      TEXT,
    why          TEXT,
    trouble      TEXT NOT NULL DEFAULT '',
    -- What an organiser has to hear of it, and until when somebody is about to say it.
    news         TEXT,
    news_until   TEXT,
    UNIQUE (community_id, job, due),
    CHECK ((worker IS NULL) = (lease_until IS NULL)),
    CHECK (worker IS NULL OR state IN ('pending', 'sending'))
) STRICT;

INSERT INTO posts_now
    (id, community_id, platform, job, due, until, turn, state, fence, worker, lease_until, began, message)
SELECT
    posts.id, community_id, platform, job, due, strftime('%Y-%m-%dT%H:%M:%S.000000+00:00', due, '+2 days'), due, state,
    fence, worker, lease_until, CASE WHEN state IN ('sending', 'sent', 'unknown') THEN due END, message
FROM posts JOIN communities ON communities.id = posts.community_id;

DROP TABLE posts;
ALTER TABLE posts_now RENAME TO posts;

-- Only what can still be claimed, so that a claim never walks over the past.
CREATE INDEX posts_to_claim ON posts (platform, turn, id)
    WHERE lease_until IS NULL AND state IN ('pending', 'sending');
CREATE INDEX posts_by_due ON posts (community_id, due);
CREATE INDEX posts_open ON posts (community_id, due) WHERE state IN ('pending', 'sending');
CREATE INDEX posts_claimed ON posts (lease_until) WHERE lease_until IS NOT NULL;
CREATE INDEX posts_written_off ON posts (platform, until) WHERE why = 'late';
CREATE INDEX posts_with_news ON posts (id, news_until, news) WHERE news IS NOT NULL;
