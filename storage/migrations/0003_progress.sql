-- Progress: facts that can be taken back, streaks, pauses and excuses, boards, reminders, joined accounts.

-- A person whose account was joined to another one waits here, with what was theirs alone, until the two part again.
ALTER TABLE people ADD COLUMN joined_to INTEGER REFERENCES people (id) ON DELETE CASCADE;
CREATE INDEX people_joined ON people (joined_to) WHERE joined_to IS NOT NULL;

-- Whose handle it was before any accounts were joined.
ALTER TABLE identities ADD COLUMN born_id INTEGER;
UPDATE identities SET born_id = person_id;

-- The ledger again, with what each fact was worth when it was written. `origin_id` is the joined account that did it.
-- A fact that was taken back stays, and counts no longer; only then may the same thing be done again.
CREATE TABLE ledger (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id    INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    origin_id    INTEGER,
    community_id INTEGER REFERENCES communities (id) ON DELETE SET NULL,
    kind         TEXT NOT NULL,
    subject      TEXT NOT NULL,
    at           TEXT NOT NULL,
    zone         TEXT NOT NULL,
    day          TEXT NOT NULL,
    key          TEXT NOT NULL,
    credited     INTEGER NOT NULL CHECK (credited IN (0, 1)),
    points       INTEGER NOT NULL CHECK (points >= 0),
    taken_back   TEXT
) STRICT;

INSERT INTO ledger (id, person_id, community_id, kind, subject, at, zone, day, key, credited, points)
SELECT id, person_id, community_id, kind, subject, at, zone, day,
       kind || ':' || subject || CASE WHEN kind = 'tip-tried' THEN ':' || day ELSE '' END,
       1, CASE WHEN kind = 'tip-tried' THEN 2 ELSE 3 END
FROM activities ORDER BY id;

DROP TABLE activities;
ALTER TABLE ledger RENAME TO activities;

CREATE UNIQUE INDEX activities_standing ON activities (person_id, key) WHERE taken_back IS NULL;
CREATE INDEX activities_of_person ON activities (person_id, at);
CREATE INDEX activities_of_day ON activities (person_id, day, kind);
CREATE INDEX activities_of_community ON activities (community_id) WHERE community_id IS NOT NULL;

CREATE TRIGGER activities_are_facts
BEFORE UPDATE OF id, kind, subject, at, zone, day, key, credited, points ON activities
BEGIN
    SELECT RAISE(ABORT, 'a fact of the ledger cannot be changed');
END;

-- Who was ever active in which community, and who wants to be seen on its board.
CREATE TABLE memberships (
    community_id INTEGER NOT NULL REFERENCES communities (id) ON DELETE CASCADE,
    person_id    INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    on_board     INTEGER NOT NULL DEFAULT 0 CHECK (on_board IN (0, 1)),
    PRIMARY KEY (community_id, person_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX memberships_of_person ON memberships (person_id, on_board);
INSERT INTO memberships (community_id, person_id)
SELECT DISTINCT community_id, person_id FROM activities WHERE community_id IS NOT NULL;

-- What keeps a streak alive without doing anything.
CREATE TABLE pauses (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    first     TEXT NOT NULL,
    last      TEXT NOT NULL,
    CHECK (first <= last)
) STRICT;
CREATE INDEX pauses_of_person ON pauses (person_id);

CREATE TABLE excuses (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    community_id INTEGER NOT NULL REFERENCES communities (id) ON DELETE CASCADE,
    first        TEXT NOT NULL,
    last         TEXT NOT NULL,
    reason       TEXT NOT NULL,
    CHECK (first <= last)
) STRICT;
CREATE INDEX excuses_of_community ON excuses (community_id);

CREATE TABLE heartbeat (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    at TEXT NOT NULL
) STRICT;

CREATE TABLE outages (
    id    INTEGER PRIMARY KEY AUTOINCREMENT,
    start TEXT NOT NULL,
    until TEXT NOT NULL,
    CHECK (start < until)
) STRICT;

-- A kept streak holds for one revision: an excuse or an outage may change everybody's.
CREATE TABLE streak_revision (
    id    INTEGER PRIMARY KEY CHECK (id = 1),
    value INTEGER NOT NULL
) STRICT;
INSERT INTO streak_revision (id, value) VALUES (1, 1);

CREATE TABLE streaks (
    person_id INTEGER PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
    revision  INTEGER NOT NULL,
    state     TEXT NOT NULL
) STRICT;

CREATE TRIGGER excuse_given AFTER INSERT ON excuses
BEGIN UPDATE streak_revision SET value = value + 1; END;
CREATE TRIGGER excuse_changed AFTER UPDATE ON excuses
BEGIN UPDATE streak_revision SET value = value + 1; END;
CREATE TRIGGER excuse_withdrawn AFTER DELETE ON excuses
BEGIN UPDATE streak_revision SET value = value + 1; END;
CREATE TRIGGER outage_noted AFTER INSERT ON outages
BEGIN UPDATE streak_revision SET value = value + 1; END;
CREATE TRIGGER pause_begun AFTER INSERT ON pauses
BEGIN DELETE FROM streaks WHERE person_id = NEW.person_id; END;
CREATE TRIGGER pause_changed AFTER UPDATE ON pauses
BEGIN DELETE FROM streaks WHERE person_id IN (OLD.person_id, NEW.person_id); END;
CREATE TRIGGER pause_ended AFTER DELETE ON pauses
BEGIN DELETE FROM streaks WHERE person_id = OLD.person_id; END;
CREATE TRIGGER member_came AFTER INSERT ON memberships
WHEN EXISTS (SELECT 1 FROM excuses WHERE community_id = NEW.community_id)
BEGIN DELETE FROM streaks WHERE person_id = NEW.person_id; END;
CREATE TRIGGER member_went AFTER DELETE ON memberships
WHEN EXISTS (SELECT 1 FROM excuses WHERE community_id = OLD.community_id)
BEGIN DELETE FROM streaks WHERE person_id = OLD.person_id; END;

-- What members wrote at their check-ins: the only words of theirs that are kept, and theirs to delete.
CREATE TABLE check_ins (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    day       TEXT NOT NULL,
    text      TEXT NOT NULL,
    UNIQUE (person_id, day)
) STRICT;

-- Points of those who want to be seen, by community and period: `week 2026-11-16`, `season 2026-Q4`, `all`.
CREATE TABLE board_scores (
    community_id INTEGER NOT NULL REFERENCES communities (id) ON DELETE CASCADE,
    period       TEXT NOT NULL,
    person_id    INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    points       INTEGER NOT NULL CHECK (points > 0),
    PRIMARY KEY (community_id, period, person_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX board_by_points ON board_scores (community_id, period, points, person_id);
CREATE INDEX board_of_person ON board_scores (person_id);

-- How many have how many points, in steps of 256 and exactly: a rank is two short sums.
CREATE TABLE board_steps (
    community_id INTEGER NOT NULL,
    period       TEXT NOT NULL,
    step         INTEGER NOT NULL,
    members      INTEGER NOT NULL,
    PRIMARY KEY (community_id, period, step)
) STRICT, WITHOUT ROWID;

CREATE TABLE board_counts (
    community_id INTEGER NOT NULL,
    period       TEXT NOT NULL,
    points       INTEGER NOT NULL,
    members      INTEGER NOT NULL,
    PRIMARY KEY (community_id, period, points)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER board_came AFTER INSERT ON board_scores
BEGIN
    INSERT INTO board_steps (community_id, period, step, members)
    VALUES (NEW.community_id, NEW.period, NEW.points / 256, 1)
    ON CONFLICT DO UPDATE SET members = members + 1;
    INSERT INTO board_counts (community_id, period, points, members)
    VALUES (NEW.community_id, NEW.period, NEW.points, 1)
    ON CONFLICT DO UPDATE SET members = members + 1;
END;

CREATE TRIGGER board_went AFTER DELETE ON board_scores
BEGIN
    UPDATE board_steps SET members = members - 1
    WHERE community_id = OLD.community_id AND period = OLD.period AND step = OLD.points / 256;
    DELETE FROM board_steps
    WHERE community_id = OLD.community_id AND period = OLD.period AND step = OLD.points / 256 AND members = 0;
    UPDATE board_counts SET members = members - 1
    WHERE community_id = OLD.community_id AND period = OLD.period AND points = OLD.points;
    DELETE FROM board_counts
    WHERE community_id = OLD.community_id AND period = OLD.period AND points = OLD.points AND members = 0;
END;

CREATE TRIGGER board_moved AFTER UPDATE OF points ON board_scores WHEN OLD.points <> NEW.points
BEGIN
    UPDATE board_counts SET members = members - 1
    WHERE community_id = OLD.community_id AND period = OLD.period AND points = OLD.points;
    DELETE FROM board_counts
    WHERE community_id = OLD.community_id AND period = OLD.period AND points = OLD.points AND members = 0;
    INSERT INTO board_counts (community_id, period, points, members)
    VALUES (NEW.community_id, NEW.period, NEW.points, 1)
    ON CONFLICT DO UPDATE SET members = members + 1;
END;

-- Few points more seldom lead to another step.
CREATE TRIGGER board_stepped AFTER UPDATE OF points ON board_scores WHEN OLD.points / 256 <> NEW.points / 256
BEGIN
    UPDATE board_steps SET members = members - 1
    WHERE community_id = OLD.community_id AND period = OLD.period AND step = OLD.points / 256;
    DELETE FROM board_steps
    WHERE community_id = OLD.community_id AND period = OLD.period AND step = OLD.points / 256 AND members = 0;
    INSERT INTO board_steps (community_id, period, step, members)
    VALUES (NEW.community_id, NEW.period, NEW.points / 256, 1)
    ON CONFLICT DO UPDATE SET members = members + 1;
END;

-- One reminder a day at most: `due` is the next, `sent` the last, `ignored` how many in a row led to nothing.
CREATE TABLE reminders (
    person_id INTEGER PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
    platform  TEXT NOT NULL,
    realm     TEXT NOT NULL,
    account   TEXT NOT NULL,
    wall      TEXT NOT NULL,
    due       TEXT NOT NULL,
    sent      TEXT,
    ignored   INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX reminders_due ON reminders (platform, due);

INSERT INTO reminders (person_id, platform, realm, account, wall, due)
SELECT p.id, i.platform, i.realm, i.account, '18:00', strftime('%Y-%m-%dT%H:%M:%f000+00:00', 'now', '+1 day')
FROM people AS p JOIN identities AS i ON i.person_id = p.id
WHERE p.reminders = 1 GROUP BY p.id;
ALTER TABLE people DROP COLUMN reminders;

-- A code joins two accounts once; only its hash is kept.
CREATE TABLE link_codes (
    hash      TEXT NOT NULL PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    until     TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX link_codes_of_person ON link_codes (person_id);
CREATE INDEX link_codes_by_end ON link_codes (until);

-- Which rows came with a joined account (the ledger knows its own), so that they can go with it again.
CREATE TABLE joined_rows (
    joined_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    tab       TEXT NOT NULL,
    row_key   TEXT NOT NULL,
    PRIMARY KEY (joined_id, tab, row_key)
) STRICT, WITHOUT ROWID;

-- What a member was told once: a freeze that was used, a milestone.
CREATE TABLE told (
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    what      TEXT NOT NULL,
    PRIMARY KEY (person_id, what)
) STRICT, WITHOUT ROWID;

-- Whose call, step or long value it is, so that it can be forgotten with them.
ALTER TABLE calls ADD COLUMN whose TEXT;
ALTER TABLE call_steps ADD COLUMN whose TEXT;
ALTER TABLE stash ADD COLUMN whose TEXT;

-- By age first: an index by member would cost every call a page of its own, and only who goes is looked for by member.
DROP INDEX calls_by_age;
CREATE INDEX calls_by_age ON calls (at, whose);
DROP INDEX call_steps_by_age;
CREATE INDEX call_steps_by_age ON call_steps (at, whose);
CREATE INDEX stash_of_member ON stash (whose) WHERE whose IS NOT NULL;
