-- Moments are text in UTC with microseconds (2026-01-31T09:30:00.000000+00:00), so they sort as text.
-- AUTOINCREMENT where an id may outlive its row: a deleted member's id is never given to somebody else.

CREATE TABLE communities (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    platform  TEXT NOT NULL,
    place_key TEXT NOT NULL,
    name      TEXT NOT NULL,
    zone      TEXT,
    UNIQUE (platform, place_key)
) STRICT;

CREATE TABLE people (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    name        TEXT NOT NULL,
    zone        TEXT,
    zone_asked  INTEGER NOT NULL DEFAULT 0 CHECK (zone_asked IN (0, 1)),
    quiet_start TEXT,
    quiet_end   TEXT,
    reminders   INTEGER NOT NULL DEFAULT 0 CHECK (reminders IN (0, 1)),
    level       TEXT,
    CHECK ((quiet_start IS NULL) = (quiet_end IS NULL))
) STRICT;

-- One person may write from several platforms; a handle means one person.
CREATE TABLE identities (
    platform  TEXT NOT NULL,
    realm     TEXT NOT NULL,
    account   TEXT NOT NULL,
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    PRIMARY KEY (platform, realm, account)
) STRICT, WITHOUT ROWID;

CREATE INDEX identities_of_person ON identities (person_id);

-- The ledger: facts are added, never changed. They go when their person asks to be forgotten, and
-- they outlive their community.
CREATE TABLE activities (
    id           INTEGER PRIMARY KEY,
    person_id    INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    community_id INTEGER REFERENCES communities (id) ON DELETE SET NULL,
    kind         TEXT NOT NULL,
    subject      TEXT NOT NULL,
    at           TEXT NOT NULL,
    zone         TEXT NOT NULL,
    day          TEXT NOT NULL,
    key          TEXT NOT NULL UNIQUE
) STRICT;

CREATE INDEX activities_of_person ON activities (person_id, at);

-- What was done, when and where stays as it was written. Two things may still happen to a fact: it is
-- deleted with its person, and its owner's or its community's id changes when those are joined or go.
CREATE TRIGGER activities_are_facts
BEFORE UPDATE OF id, kind, subject, at, zone, day, key ON activities
BEGIN
    SELECT RAISE(ABORT, 'a fact of the ledger cannot be changed');
END;

CREATE TABLE stash (
    key   TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL,
    until TEXT NOT NULL
) STRICT;

CREATE INDEX stash_by_end ON stash (until);

CREATE TABLE calls (
    id      TEXT NOT NULL PRIMARY KEY,
    outcome TEXT NOT NULL,
    at      TEXT NOT NULL
) STRICT;

CREATE INDEX calls_by_age ON calls (at);

-- What a call has written so far, and what it got for it; a second delivery goes on from here.
CREATE TABLE call_steps (
    call_id TEXT NOT NULL,
    step    TEXT NOT NULL,
    result  TEXT NOT NULL,
    at      TEXT NOT NULL,
    PRIMARY KEY (call_id, step)
) STRICT, WITHOUT ROWID;

CREATE INDEX call_steps_by_age ON call_steps (at);

CREATE TABLE posts (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    community_id INTEGER NOT NULL REFERENCES communities (id) ON DELETE CASCADE,
    job          TEXT NOT NULL,
    due          TEXT NOT NULL,
    state        TEXT NOT NULL DEFAULT 'pending'
                 CHECK (state IN ('pending', 'sending', 'sent', 'unknown', 'missed')),
    fence        INTEGER NOT NULL DEFAULT 0,
    worker       TEXT,
    lease_until  TEXT,
    message      TEXT,
    UNIQUE (community_id, job, due),
    CHECK ((state = 'sending') = (lease_until IS NOT NULL))
) STRICT;

-- Only what can still be claimed, so that a claim never walks over the past.
CREATE INDEX posts_to_claim ON posts (due) WHERE state IN ('pending', 'sending');
